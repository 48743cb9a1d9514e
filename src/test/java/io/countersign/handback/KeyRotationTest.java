package io.countersign.handback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.request.ApprovalRequest;
import io.countersign.shared.Route;
import io.countersign.shared.problem.Problem;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** A key is published before it signs and as long as something that it signed is alive. */
class KeyRotationTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final PublicUrl ISSUER = new PublicUrl("https://countersign.example");

  private final Map<String, Object> old = TestKeys.properties();
  private final Map<String, Object> young = TestKeys.properties();

  @Test
  void takesGrantsOfBothKeysWhileOneReplacesTheOther() {
    SigningKeys before = keys(old, young);
    SigningKeys after = keys(young, old);

    for (SigningKeys signer : List.of(before, after)) {
      String grant = grant(signer);
      for (SigningKeys verifier : List.of(before, after)) {
        assertThat(new GrantVerifier(verifier, ISSUER).verify(grant).audience())
            .isEqualTo("action-executor");
      }
    }
  }

  @Test
  void takesNoGrantOfAKeyThatIsGone() {
    String grant = grant(keys(old, young));
    GrantVerifier later = new GrantVerifier(keys(young, Map.of()), ISSUER);

    assertThatThrownBy(() -> later.verify(grant))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("its signature is not one of ours");
  }

  @Test
  void publishesBothWithTheirPurpose() {
    Object published = new PublishedKeys(keys(young, old)).keySet().getBody();

    assertThat(published.toString())
        .contains(keys(young, Map.of()).kid(KeyPurpose.GRANTS))
        .contains(keys(old, Map.of()).kid(KeyPurpose.GRANTS));
    assertThat(((Map<?, ?>) published).get("keys")).asList().hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not a key",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
      })
  void namesASettingThatHoldsSomethingElse(String pem) {
    MockEnvironment environment = environment(old);
    environment.setProperty("countersign.key.grants-others", pem);

    assertThatThrownBy(() -> new SigningKeys(environment))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("countersign.key.grants-others: expected Ed25519 public keys");
  }

  private static String grant(SigningKeys keys) {
    ApprovalRequest request =
        TestRequests.request(TestRequests.proposal(TestRequests.body()), Route.AUTO_APPROVE, NOW);
    return new Grants(keys, ISSUER)
        .issue(request, TestRequests.parameters("240.00"), NOW)
        .orElseThrow();
  }

  /** An installation that signs with one set and publishes the key for grants of another too. */
  private static SigningKeys keys(Map<String, Object> signing, Map<String, Object> others) {
    MockEnvironment environment = environment(signing);
    if (!others.isEmpty()) {
      environment.setProperty(
          "countersign.key.grants-others",
          pem(new SigningKeys(environment(others)).publicKey(KeyPurpose.GRANTS)));
    }
    return new SigningKeys(environment);
  }

  private static MockEnvironment environment(Map<String, Object> properties) {
    MockEnvironment environment = new MockEnvironment();
    properties.forEach((name, value) -> environment.setProperty(name, value.toString()));
    return environment;
  }

  private static String pem(byte[] key) {
    byte[] spki = new byte[44];
    System.arraycopy(Base64.getDecoder().decode("MCowBQYDK2VwAyEA"), 0, spki, 0, 12);
    System.arraycopy(key, 0, spki, 12, 32);
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getEncoder().encodeToString(spki)
        + "\n-----END PUBLIC KEY-----\n";
  }
}
