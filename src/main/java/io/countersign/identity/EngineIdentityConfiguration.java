package io.countersign.identity;

import org.camunda.bpm.extension.keycloak.plugin.KeycloakIdentityProviderPlugin;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives the engine names and groups from Keycloak, read-only, and the web applications their
 * people.
 */
@Configuration(proxyBeanMethods = false)
class EngineIdentityConfiguration {

  /** After the security filters, before the web applications' own. */
  private static final int AFTER_SECURITY = 201;

  @Bean
  KeycloakIdentityProviderPlugin keycloakIdentityProvider(IdentitySettings settings) {
    KeycloakIdentityProviderPlugin plugin = new KeycloakIdentityProviderPlugin();
    plugin.setKeycloakIssuerUrl(settings.issuer());
    plugin.setKeycloakAdminUrl(settings.admin());
    plugin.setClientId(IdentitySettings.CLIENT);
    plugin.setClientSecret(settings.identityClientSecret());
    plugin.setUseUsernameAsCamundaUserId(true);
    plugin.setUseGroupPathAsCamundaGroupId(true);
    plugin.setCacheEnabled(true);
    plugin.setMaxCacheSize(500);
    plugin.setCacheExpirationTimeoutMin(1);
    return plugin;
  }

  @Bean
  FilterRegistrationBean<WebAppSignInFilter> webAppSignIn() {
    FilterRegistrationBean<WebAppSignInFilter> registration =
        new FilterRegistrationBean<>(new WebAppSignInFilter());
    registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
    registration.setOrder(AFTER_SECURITY);
    return registration;
  }

  /** Behind a proxy that ends TLS the server itself cannot know: the public address decides. */
  @Bean
  ServletContextInitializer secureSessionCookie(
      @Value("${countersign.public-url}") String publicUrl) {
    return servlet -> servlet.getSessionCookieConfig().setSecure(publicUrl.startsWith("https:"));
  }
}
