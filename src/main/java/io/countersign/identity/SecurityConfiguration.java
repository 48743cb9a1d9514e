package io.countersign.identity;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.security.config.http.SessionCreationPolicy.STATELESS;

import io.countersign.shared.Role;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.DelegatingAuthenticationEntryPoint;
import org.springframework.security.web.authentication.Http403ForbiddenEntryPoint;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which door asks for what. Every chain refuses what it does not name.
 *
 * <p>Matchers are path patterns throughout: plain strings do not match below Jersey's servlets and
 * would leave the engine open.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  static final String REGISTRATION = "keycloak";

  private static final PathPatternRequestMatcher.Builder PATHS =
      PathPatternRequestMatcher.withDefaults();

  /** CVE-2026-77226, anonymous creation of an administrator, and sign-in past Keycloak. */
  @Bean
  @Order(1)
  SecurityFilterChain closedToEverybody(HttpSecurity http) throws Exception {
    return http.securityMatchers(
            it ->
                it.requestMatchers(
                    PATHS.matcher("/camunda/api/admin/setup/**"),
                    PATHS.matcher("/camunda/app/*/*/setup/**"),
                    PATHS.matcher("/camunda/api/admin/auth/user/*/login/**")))
        .authorizeHttpRequests(all -> all.anyRequest().denyAll())
        .sessionManagement(it -> it.sessionCreationPolicy(STATELESS))
        .exceptionHandling(it -> it.authenticationEntryPoint(new Http403ForbiddenEntryPoint()))
        .csrf(csrf -> csrf.disable())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain openToEverybody(HttpSecurity http) throws Exception {
    return http.securityMatchers(
            it ->
                it.requestMatchers(
                    PATHS.matcher(HttpMethod.GET, "/.well-known/jwks.json"),
                    PATHS.matcher(HttpMethod.GET, "/actuator/health/**"),
                    PATHS.matcher(HttpMethod.GET, "/v3/api-docs/**"),
                    PATHS.matcher(HttpMethod.GET, "/assets/**"),
                    PATHS.matcher(HttpMethod.GET, "/api/v1/audit/checkpoint"),
                    PATHS.matcher(HttpMethod.GET, "/api/v1/audit/key"),
                    // Hashes only: the entries, below tile/entries, are for auditors.
                    PATHS.matcher(HttpMethod.GET, "/api/v1/audit/tile/{level:[0-9]+}/**"),
                    PATHS.matcher("/error")))
        .authorizeHttpRequests(all -> all.anyRequest().permitAll())
        .sessionManagement(it -> it.sessionCreationPolicy(STATELESS))
        .headers(SecurityConfiguration::strictHeaders)
        .csrf(csrf -> csrf.disable())
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain engineRest(HttpSecurity http, ProblemResponses problems) throws Exception {
    return http.securityMatcher(PATHS.matcher("/engine-rest/**"))
        .authorizeHttpRequests(all -> all.anyRequest().hasRole(Role.OPERATOR.realmName()))
        .oauth2ResourceServer(it -> bearer(it, problems))
        .addFilterAfter(new EngineRestCallerFilter(), AuthorizationFilter.class)
        .sessionManagement(it -> it.sessionCreationPolicy(STATELESS))
        .csrf(csrf -> csrf.disable())
        .build();
  }

  @Bean
  @Order(4)
  SecurityFilterChain api(
      HttpSecurity http,
      ProblemResponses problems,
      OAuth2AuthorizedClientManager clients,
      JwtDecoder decoder)
      throws Exception {
    RequestMatcher agentsDoors =
        new OrRequestMatcher(
            PATHS.matcher(POST, "/api/v1/approval-requests"),
            PATHS.matcher(POST, "/api/v1/plans"),
            PATHS.matcher(POST, "/api/v1/approval-requests/*/information"),
            PATHS.matcher(POST, "/api/v1/approval-requests/*/withdrawal"));
    RequestMatcher reviewersDoor = PATHS.matcher(POST, "/api/v1/approval-requests/*/verdicts");
    RequestMatcher outcomes = PATHS.matcher(POST, "/api/v1/approval-requests/*/outcome");
    RequestMatcher redeem = PATHS.matcher(POST, "/api/v1/grants/redeem");
    RequestMatcher peoplesDoors =
        new OrRequestMatcher(
            PATHS.matcher(POST, "/api/v1/approval-requests/*/decisions"),
            PATHS.matcher(POST, "/api/v1/approval-requests/*/objection"),
            PATHS.matcher(POST, "/api/v1/decisions:batch"),
            PATHS.matcher("/api/v1/inbox/**"));
    RequestMatcher erasures = PATHS.matcher(POST, "/api/v1/approval-requests/*/erasure");
    RequestMatcher overrides = PATHS.matcher("/api/v1/overrides/**");
    RequestMatcher migrations = PATHS.matcher(POST, "/api/v1/chains/**");
    RequestMatcher deliveries = PATHS.matcher("/api/v1/deliveries/**");
    return http.securityMatcher(PATHS.matcher("/api/**"))
        .authorizeHttpRequests(
            all ->
                all.requestMatchers(agentsDoors)
                    .access(bearerWith(Role.AGENT))
                    .requestMatchers(reviewersDoor)
                    .access(bearerWith(Role.AI_REVIEWER))
                    .requestMatchers(outcomes)
                    .access(bearerWith(Role.AGENT, Role.EXECUTOR))
                    .requestMatchers(redeem)
                    .access(bearerWith(Role.EXECUTOR))
                    .requestMatchers(PATHS.matcher(GET, "/api/v1/overrides"))
                    .hasAnyRole(names(Role.OPERATOR, Role.POLICY_OWNER, Role.AUDITOR))
                    .requestMatchers(PATHS.matcher(POST, "/api/v1/overrides/*/confirmation"))
                    .hasAnyRole(names(Role.OPERATOR, Role.POLICY_OWNER))
                    .requestMatchers(overrides, deliveries)
                    .hasRole(Role.OPERATOR.realmName())
                    .requestMatchers(peoplesDoors)
                    .access(people())
                    .requestMatchers(erasures)
                    .hasAnyRole(names(Role.OPERATOR, Role.AUDITOR))
                    .requestMatchers(migrations)
                    .hasAnyRole(names(Role.OPERATOR, Role.PROCESS_DESIGNER))
                    .requestMatchers(PATHS.matcher("/api/v1/chains/**"))
                    .hasAnyRole(names(Role.OPERATOR, Role.PROCESS_DESIGNER, Role.AUDITOR))
                    .requestMatchers(PATHS.matcher("/api/v1/audit/**"))
                    .hasRole(Role.AUDITOR.realmName())
                    .requestMatchers(PATHS.matcher("/api/v1/me/**"))
                    .access(people())
                    .requestMatchers(PATHS.matcher("/api/v1/**"))
                    .authenticated()
                    .anyRequest()
                    .denyAll())
        .oauth2ResourceServer(it -> bearer(it, problems))
        .exceptionHandling(
            it ->
                it.authenticationEntryPoint(problems.unauthorized())
                    .accessDeniedHandler(problems.forbidden()))
        .addFilterBefore(
            new SessionCallerFilter(clients, decoder, problems),
            AnonymousAuthenticationFilter.class)
        .requestCache(cache -> cache.disable())
        .headers(SecurityConfiguration::strictHeaders)
        .csrf(SecurityConfiguration::csrfOfOurs)
        .build();
  }

  @Bean
  @Order(5)
  SecurityFilterChain peoplesPages(
      HttpSecurity http,
      ProblemResponses problems,
      OAuth2AuthorizedClientManager clients,
      JwtDecoder decoder,
      ClientRegistrationRepository registrations,
      SignOut signOut)
      throws Exception {
    return http.authorizeHttpRequests(
            all ->
                all.requestMatchers(PATHS.matcher("/camunda/api/admin/auth/**"))
                    .authenticated()
                    .requestMatchers(
                        PATHS.matcher("/camunda/app/admin/**"),
                        PATHS.matcher("/camunda/api/admin/**"))
                    .hasRole(Role.OPERATOR.realmName())
                    .requestMatchers(
                        PATHS.matcher("/camunda/app/cockpit/**"),
                        PATHS.matcher("/camunda/api/cockpit/**"))
                    .hasAnyRole(names(Role.MANAGER, Role.AUDITOR, Role.OPERATOR))
                    .requestMatchers(PATHS.matcher("/actuator/**"))
                    .hasRole(Role.OPERATOR.realmName())
                    .requestMatchers(PATHS.matcher("/camunda/app/tasklist/**"))
                    .hasAnyRole(names(deciders()))
                    .anyRequest()
                    .authenticated())
        .oauth2Login(
            it ->
                it.authorizationEndpoint(
                    there ->
                        there.authorizationRequestResolver(new SignInAgainRequests(registrations))))
        .exceptionHandling(it -> it.authenticationEntryPoint(signInOrRefuse()))
        .logout(signOut)
        .addFilterBefore(
            new SessionCallerFilter(clients, decoder, problems),
            AnonymousAuthenticationFilter.class)
        .headers(SecurityConfiguration::strictHeaders)
        // Camunda's web applications check a token of their own.
        .csrf(csrf -> csrfOfOurs(csrf).ignoringRequestMatchers(PATHS.matcher("/camunda/**")))
        .build();
  }

  /** Pages lead to Keycloak; a script of a page that lost its session gets a plain 401. */
  private static AuthenticationEntryPoint signInOrRefuse() {
    var entryPoint =
        new DelegatingAuthenticationEntryPoint(
            new LinkedHashMap<>(
                Map.of(
                    PATHS.matcher("/camunda/api/**"),
                    new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED))));
    entryPoint.setDefaultEntryPoint(
        new LoginUrlAuthenticationEntryPoint("/oauth2/authorization/" + REGISTRATION));
    return entryPoint;
  }

  private static void bearer(
      OAuth2ResourceServerConfigurer<HttpSecurity> server, ProblemResponses problems) {
    server
        .withObjectPostProcessor(new KeycloakFailures(problems))
        .authenticationEntryPoint(problems.unauthorized())
        .accessDeniedHandler(problems.forbidden())
        .jwt(
            jwt ->
                jwt.jwtAuthenticationConverter(
                    token -> CallerToken.bearer(AccessTokens.caller(token))));
  }

  /** Agents' doors take bearer tokens only: no page may use a person's session on them. */
  private static AuthorizationManager<RequestAuthorizationContext> bearerWith(Role... roles) {
    return (authentication, context) ->
        new AuthorizationDecision(
            authentication.get() instanceof CallerToken token
                && token.isBearer()
                && Arrays.stream(roles).anyMatch(token.caller()::has));
  }

  /** What is about people themselves, by token or session. */
  private static AuthorizationManager<RequestAuthorizationContext> people() {
    return (authentication, context) ->
        new AuthorizationDecision(
            authentication.get() instanceof CallerToken token && token.caller().isPerson());
  }

  private static CsrfConfigurer<HttpSecurity> csrfOfOurs(CsrfConfigurer<HttpSecurity> csrf) {
    CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
    repository.setCookieName("COUNTERSIGN-XSRF");
    repository.setHeaderName("X-COUNTERSIGN-XSRF");
    repository.setCookiePath("/");
    repository.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
    CsrfTokenRequestAttributeHandler handler = new CsrfTokenRequestAttributeHandler();
    // Else the cookie waits for a page that renders the token, and ours never do.
    handler.setCsrfRequestAttributeName(null);
    return csrf.csrfTokenRepository(repository).csrfTokenRequestHandler(handler);
  }

  /** Camunda's pages set a wider policy for themselves; what is there already stays. */
  private static void strictHeaders(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(
            it ->
                it.policyDirectives(
                    "default-src 'self'; base-uri 'none'; object-src 'none';"
                        + " frame-ancestors 'none'; form-action 'self'"))
        .referrerPolicy(it -> it.policy(ReferrerPolicy.SAME_ORIGIN));
  }

  private static Role[] deciders() {
    return Arrays.stream(Role.values()).filter(Role::decides).toArray(Role[]::new);
  }

  private static String[] names(Role... roles) {
    return Arrays.stream(roles).map(Role::realmName).toArray(String[]::new);
  }
}
