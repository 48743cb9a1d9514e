package io.countersign.dev;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tokens that Keycloak never gave, some of them signed with a key that its realm publishes: only
 * their content can give those away.
 */
public final class ForgedTokens {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JWTClaimsSet genuine;
  private final RSAKey published;
  private final RSAKey unknown;

  private ForgedTokens(JWTClaimsSet genuine, RSAKey published, RSAKey unknown) {
    this.genuine = genuine;
    this.published = published;
    this.unknown = unknown;
  }

  /** Forges after a genuine token, with a key that is added to the realm for it. */
  public static ForgedTokens like(LocalKeycloak keycloak, String genuine) {
    try {
      var key = new RSAKeyGenerator(2048).generate();
      publish(keycloak, key);
      var keys =
          JWKSet.load(URI.create(keycloak.issuer() + "/protocol/openid-connect/certs").toURL());
      var kid =
          keys.getKeys().stream()
              .filter(known -> known instanceof RSAKey)
              .filter(known -> known.toRSAKey().getModulus().equals(key.getModulus()))
              .findFirst()
              .orElseThrow()
              .getKeyID();
      return new ForgedTokens(
          SignedJWT.parse(genuine).getJWTClaimsSet(),
          new RSAKey.Builder(key).keyID(kid).build(),
          new RSAKeyGenerator(2048).keyID(kid).generate());
    } catch (IOException | ParseException | JOSEException e) {
      throw new IllegalStateException("cannot prepare forged tokens", e);
    }
  }

  private static void publish(LocalKeycloak keycloak, RSAKey key)
      throws JOSEException, IOException {
    var pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.toRSAPrivateKey().getEncoded())
            + "\n-----END PRIVATE KEY-----";
    var component =
        Map.of(
            "name", "forger",
            "providerId", "rsa",
            "providerType", "org.keycloak.keys.KeyProvider",
            "config",
                Map.of(
                    "privateKey", new String[] {pem},
                    "priority", new String[] {"-1"},
                    "active", new String[] {"true"},
                    "enabled", new String[] {"true"},
                    "algorithm", new String[] {"RS256"}));
    new KeycloakCalls(keycloak.url())
        .addComponent(keycloak.adminPassword(), JSON.writeValueAsString(component));
  }

  /** The genuine claims, changed, under the published key. */
  public String with(Consumer<JWTClaimsSet.Builder> change) {
    return sign(published, change);
  }

  /** The genuine claims under a key that nobody published, with a published key's name. */
  public String signedByAnother() {
    return sign(unknown, claims -> {});
  }

  private String sign(RSAKey key, Consumer<JWTClaimsSet.Builder> change) {
    try {
      var claims = new JWTClaimsSet.Builder(genuine);
      change.accept(claims);
      var header =
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .type(JOSEObjectType.JWT)
              .keyID(key.getKeyID())
              .build();
      var token = new SignedJWT(header, claims.build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  /** The genuine claims without a signature. */
  public String unsigned() {
    return new PlainJWT(genuine).serialize();
  }

  /** The genuine claims under a MAC whose secret is the published public key. */
  public String signedWithThePublicKey() {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(published.getKeyID()).build();
      var token = new SignedJWT(header, genuine);
      token.sign(new MACSigner(published.toRSAPublicKey().getEncoded()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }
}
