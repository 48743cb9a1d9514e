package io.countersign.identity;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Keycloak is, and as whom we ask it for names.
 *
 * @param keycloakUrl its base address
 * @param realm the realm of people and agents
 * @param identityClientSecret of the client {@code countersign-identity}, which reads names and
 *     groups
 */
@ConfigurationProperties("countersign.identity")
record IdentitySettings(URI keycloakUrl, String realm, String identityClientSecret) {

  /** As whom we ask. */
  static final String CLIENT = "countersign-identity";

  String issuer() {
    return keycloakUrl + "/realms/" + realm;
  }

  String protocol(String endpoint) {
    return issuer() + "/protocol/openid-connect/" + endpoint;
  }

  String admin() {
    return keycloakUrl + "/admin/realms/" + realm;
  }
}
