package io.countersign.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.stereotype.Component;

/** Signing out here signs out at Keycloak too, from our pages and from Camunda's. */
@Component
class SignOut implements Customizer<LogoutConfigurer<HttpSecurity>> {

  private final ClientRegistrationRepository registrations;
  private final String publicUrl;

  SignOut(
      ClientRegistrationRepository registrations,
      @Value("${countersign.public-url}") String publicUrl) {
    this.registrations = registrations;
    this.publicUrl = publicUrl;
  }

  @Override
  public void customize(LogoutConfigurer<HttpSecurity> logout) {
    PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
    var atKeycloak = new OidcClientInitiatedLogoutSuccessHandler(registrations);
    atKeycloak.setPostLogoutRedirectUri(publicUrl + "/");
    logout
        .logoutRequestMatcher(
            new AndRequestMatcher(
                new OrRequestMatcher(
                    paths.matcher("/logout"),
                    paths.matcher("/camunda/app/{app}/{engine}/logout"),
                    paths.matcher("/camunda/api/admin/auth/user/{engine}/logout")),
                SignOut::isOurs))
        .logoutSuccessHandler(atKeycloak);
  }

  /**
   * A link on somebody else's page signs nobody out (W3C Fetch Metadata; absent without TLS, and
   * from older browsers).
   */
  private static boolean isOurs(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site == null || site.equals("same-origin") || site.equals("none");
  }
}
