package io.countersign.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns a person's session into the caller of this request, with the roles of the session's access
 * token. The token is renewed when it has expired (every five minutes), so roles taken away in
 * Keycloak are gone here by then, and no other request calls Keycloak. If it refuses, the session
 * ends.
 */
final class SessionCallerFilter extends OncePerRequestFilter {

  private final OAuth2AuthorizedClientManager clients;
  private final JwtDecoder decoder;

  SessionCallerFilter(OAuth2AuthorizedClientManager clients, JwtDecoder decoder) {
    this.clients = clients;
    this.decoder = decoder;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    SecurityContext before = SecurityContextHolder.getContext();
    if (before.getAuthentication() instanceof OAuth2AuthenticationToken session) {
      Optional<Caller> person = person(session, request, response);
      if (person.isPresent()) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(CallerToken.signedIn(person.get()));
        SecurityContextHolder.setContext(context);
      } else {
        new SecurityContextLogoutHandler().logout(request, response, session);
      }
    }
    chain.doFilter(request, response);
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  private Optional<Caller> person(
      OAuth2AuthenticationToken session, HttpServletRequest request, HttpServletResponse response) {
    try {
      OAuth2AuthorizedClient client = clients.authorize(authorization(session, request, response));
      return Optional.ofNullable(client)
          .map(current -> decoder.decode(current.getAccessToken().getTokenValue()))
          .map(AccessTokens::caller)
          .filter(Caller::isPerson);
    } catch (ClientAuthorizationException | JwtException refused) {
      return Optional.empty();
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
