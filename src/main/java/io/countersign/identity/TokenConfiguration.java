package io.countersign.identity;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * How tokens are verified, and how people get theirs. Everything is named here, nothing discovered.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentitySettings.class)
class TokenConfiguration {

  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  @Bean
  JwtDecoder accessTokenDecoder(IdentitySettings settings) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(settings.protocol("certs"))
            .jwsAlgorithm(SignatureAlgorithm.RS256)
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(CLOCK_SKEW),
            new JwtIssuerValidator(settings.issuer()),
            AccessTokens.validator()));
    return decoder;
  }

  @Bean
  ClientRegistrationRepository clientRegistrations(
      IdentitySettings settings,
      @Value("${countersign.web-client-secret}") String secret,
      @Value("${countersign.public-url}") String publicUrl) {
    return new InMemoryClientRegistrationRepository(
        ClientRegistration.withRegistrationId(SecurityConfiguration.REGISTRATION)
            .clientId("countersign-web")
            .clientSecret(secret)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri(publicUrl + "/login/oauth2/code/{registrationId}")
            .scope("openid", "profile", "email")
            .issuerUri(settings.issuer())
            .authorizationUri(settings.protocol("auth"))
            .tokenUri(settings.protocol("token"))
            .userInfoUri(settings.protocol("userinfo"))
            .jwkSetUri(settings.protocol("certs"))
            .userNameAttributeName(IdTokenClaimNames.SUB)
            .providerConfigurationMetadata(
                java.util.Map.of("end_session_endpoint", settings.protocol("logout")))
            .clientSettings(
                ClientRegistration.ClientSettings.builder().requireProofKey(true).build())
            .build());
  }

  @Bean
  OAuth2AuthorizedClientRepository authorizedClients() {
    return new HttpSessionOAuth2AuthorizedClientRepository();
  }

  @Bean
  OAuth2AuthorizedClientManager authorizedClientManager(
      ClientRegistrationRepository registrations, OAuth2AuthorizedClientRepository clients) {
    var manager = new DefaultOAuth2AuthorizedClientManager(registrations, clients);
    manager.setAuthorizedClientProvider(
        OAuth2AuthorizedClientProviderBuilder.builder().authorizationCode().refreshToken().build());
    return manager;
  }
}
