package io.countersign.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Sends people to Keycloak; those who come to sign in again have to prove who they are, even though
 * they are signed in.
 */
final class SignInAgainRequests implements OAuth2AuthorizationRequestResolver {

  /** With this parameter a sign-in is one again; its value is the levels wished for, or nothing. */
  static final String AGAIN = "again";

  private static final String LEVELS = "[A-Za-z0-9_.:/ -]{0,200}";

  private final OAuth2AuthorizationRequestResolver usual;

  SignInAgainRequests(ClientRegistrationRepository registrations) {
    usual = new DefaultOAuth2AuthorizationRequestResolver(registrations, "/oauth2/authorization");
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
    return again(request, usual.resolve(request));
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(
      HttpServletRequest request, String registration) {
    return again(request, usual.resolve(request, registration));
  }

  private static @Nullable OAuth2AuthorizationRequest again(
      HttpServletRequest request, @Nullable OAuth2AuthorizationRequest found) {
    String levels = request.getParameter(AGAIN);
    if (found == null || levels == null) {
      return found;
    }
    return OAuth2AuthorizationRequest.from(found)
        .additionalParameters(
            more -> {
              more.put("prompt", "login");
              if (!levels.isBlank() && levels.matches(LEVELS)) {
                more.put("acr_values", levels);
              }
            })
        .build();
  }
}
