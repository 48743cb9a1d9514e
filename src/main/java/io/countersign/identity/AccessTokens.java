package io.countersign.identity;

import io.countersign.shared.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;

/** Reads callers out of Keycloak's access tokens, which the decoder has verified. */
final class AccessTokens {

  static final String AUDIENCE = "countersign-api";

  /** The clients through which people come; a person's token made for another one is refused. */
  private static final Set<String> PEOPLES_CLIENTS = Set.of("countersign-web", "countersign-cli");

  private static final Set<Role> ONLY_CLIENTS = Set.of(Role.AGENT, Role.EXECUTOR, Role.AI_REVIEWER);
  private static final Set<Role> OPEN_TO_CLIENTS =
      Set.of(Role.AGENT, Role.EXECUTOR, Role.OUTCOME_REPORTER, Role.AI_REVIEWER);

  private static final String SERVICE_ACCOUNT = "service-account-";

  private AccessTokens() {}

  /** Access tokens only, for our API only: an ID token or another client's token is not one. */
  static OAuth2TokenValidator<Jwt> validator() {
    return token -> {
      boolean accepted =
          "Bearer".equals(token.getClaimAsString("typ"))
              && token.getAudience() != null
              && token.getAudience().contains(AUDIENCE)
              && token.getSubject() != null
              && token.getIssuedAt() != null
              && (isServiceAccount(token) || PEOPLES_CLIENTS.contains(client(token)));
      return accepted
          ? OAuth2TokenValidatorResult.success()
          : OAuth2TokenValidatorResult.failure(
              new OAuth2Error("invalid_token", "this is no access token for Countersign", null));
    };
  }

  /**
   * The caller that a verified token names.
   *
   * @throws OAuth2AuthenticationException if the token lacks what every access token has
   */
  static Caller caller(Jwt token) {
    String subject = token.getSubject();
    Instant issuedAt = token.getIssuedAt();
    String username = token.getClaimAsString("preferred_username");
    if (subject == null || issuedAt == null || username == null) {
      throw new OAuth2AuthenticationException(
          BearerTokenErrors.invalidToken("the token names nobody"));
    }
    boolean service = isServiceAccount(token);
    return new Caller(
        subject,
        service ? client(token) : username,
        service ? Caller.Kind.CLIENT : Caller.Kind.PERSON,
        roles(token, service),
        service ? Optional.ofNullable(token.getClaimAsString("owner")) : Optional.empty(),
        new SignIn(
            issuedAt,
            Optional.ofNullable(token.getClaimAsInstant("auth_time")),
            Optional.ofNullable(token.getClaimAsString("acr"))));
  }

  private static boolean isServiceAccount(Jwt token) {
    String username = token.getClaimAsString("preferred_username");
    return username != null && isServiceAccount(username);
  }

  /** Keycloak keeps such names for itself. */
  static boolean isServiceAccount(String username) {
    return username.startsWith(SERVICE_ACCOUNT);
  }

  private static String client(Jwt token) {
    return String.valueOf(token.getClaimAsString("azp"));
  }

  /** A slip in the realm must not let a client decide or a person propose. */
  private static Set<Role> roles(Jwt token, boolean service) {
    Map<String, Object> access = token.getClaimAsMap("realm_access");
    return access != null && access.get("roles") instanceof Collection<?> names
        ? names.stream()
            .map(String::valueOf)
            .flatMap(name -> Role.find(name).stream())
            .filter(role -> service ? OPEN_TO_CLIENTS.contains(role) : !ONLY_CLIENTS.contains(role))
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }
}
