package io.countersign.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Turns a person's session into the caller of this request, with the roles of the session's access
 * token. The token is renewed when it has expired (every five minutes), so roles taken away in
 * Keycloak are gone here by then, and no other request calls Keycloak. If it refuses, the session
 * ends; if it does not answer, the person is asked to try again.
 */
final class SessionCallerFilter extends OncePerRequestFilter {

  /** What Keycloak says when the session there has ended; anything else may pass. */
  private static final Set<String> REFUSALS =
      Set.of(
          OAuth2ErrorCodes.INVALID_GRANT,
          OAuth2ErrorCodes.INVALID_TOKEN,
          OAuth2ErrorCodes.INVALID_CLIENT,
          OAuth2ErrorCodes.UNAUTHORIZED_CLIENT);

  private final OAuth2AuthorizedClientManager clients;
  private final JwtDecoder decoder;
  private final ProblemResponses problems;

  SessionCallerFilter(
      OAuth2AuthorizedClientManager clients, JwtDecoder decoder, ProblemResponses problems) {
    this.clients = clients;
    this.decoder = decoder;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof OAuth2AuthenticationToken session) {
      try {
        person(session, request, response)
            .ifPresentOrElse(
                SessionCallerFilter::carry,
                () -> new SecurityContextLogoutHandler().logout(request, response, session));
      } catch (ClientAuthorizationException | JwtException unanswered) {
        problems.unavailable(response);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  private static void carry(Caller person) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(CallerToken.signedIn(person));
    SecurityContextHolder.setContext(context);
  }

  private Optional<Caller> person(
      OAuth2AuthenticationToken session, HttpServletRequest request, HttpServletResponse response) {
    try {
      return Optional.ofNullable(renewed(session, request, response))
          .map(current -> decoder.decode(current.getAccessToken().getTokenValue()))
          .map(AccessTokens::caller)
          .filter(Caller::isPerson);
    } catch (BadJwtException refused) {
      return Optional.empty();
    } catch (ClientAuthorizationException failed) {
      if (REFUSALS.contains(failed.getError().getErrorCode())) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  /** A page asks for many things at once: one of them renews the token, the others use it. */
  private @Nullable OAuth2AuthorizedClient renewed(
      OAuth2AuthenticationToken session, HttpServletRequest request, HttpServletResponse response) {
    synchronized (WebUtils.getSessionMutex(request.getSession())) {
      return clients.authorize(authorization(session, request, response));
    }
  }

  private static OAuth2AuthorizeRequest authorization(
      Authentication session, HttpServletRequest request, HttpServletResponse response) {
    return OAuth2AuthorizeRequest.withClientRegistrationId(SecurityConfiguration.REGISTRATION)
        .principal(session)
        .attribute(HttpServletRequest.class.getName(), request)
        .attribute(HttpServletResponse.class.getName(), response)
        .build();
  }
}
