package io.countersign.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.dev.CodeFlow;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;

/** Tokens of people by the command line's client. */
public final class PersonalTokens {

  private PersonalTokens() {}

  /** A token that was issued after its owner had signed in. */
  public record Renewed(String token, Instant issuedAt) {}

  /** Signs somebody in and renews the token until it is younger than the sign-in. */
  public static Renewed renewed(String person) {
    var flow =
        new CodeFlow(
            RunningApplication.KEYCLOAK, "countersign-cli", null, "http://127.0.0.1/callback");
    try {
      JsonNode signedIn = flow.signIn(person, person);
      Instant signedInAt =
          Instant.ofEpochSecond(
              CodeFlow.claims(signedIn.path("access_token").asText()).path("auth_time").asLong());
      return Awaitility.await()
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> renew(flow, signedIn.path("refresh_token").asText()),
              renewed -> renewed.issuedAt().isAfter(signedInAt));
    } catch (Exception e) {
      throw new IllegalStateException("cannot sign in " + person, e);
    }
  }

  private static Renewed renew(CodeFlow flow, String refreshToken) throws Exception {
    String token = flow.renew(refreshToken).path("access_token").asText();
    return new Renewed(token, Instant.ofEpochSecond(CodeFlow.claims(token).path("iat").asLong()));
  }
}
