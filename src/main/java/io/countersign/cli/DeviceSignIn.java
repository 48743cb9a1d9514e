package io.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.time.Duration;
import java.util.Map;

/** Signs somebody in through a browser of their choice (RFC 8628, with the proof of RFC 7636). */
final class DeviceSignIn {

  private static final int LEAST_SECONDS = 1;
  private static final int DEFAULT_SECONDS = 5;
  private static final int MOST_SECONDS = 60;

  private final Issuer issuer;
  private final Terminal terminal;
  private final Pause pause;

  /** Waits; tests hand in one that does not. */
  @FunctionalInterface
  interface Pause {
    void of(Duration time);
  }

  DeviceSignIn(Issuer issuer, Terminal terminal, Pause pause) {
    this.issuer = issuer;
    this.terminal = terminal;
    this.pause = pause;
  }

  /** The refresh token of whoever signed in. */
  String run() {
    CodeVerifier verifier = new CodeVerifier();
    JsonNode started = start(verifier);
    terminal
        .error()
        .println(
            "Open "
                + Visible.line(Http.safe(started.path("verification_uri").asText()).toString())
                + " and enter the code "
                + Visible.line(started.path("user_code").asText())
                + "\nor open "
                + Visible.line(
                    Http.safe(started.path("verification_uri_complete").asText()).toString()));
    return await(started, verifier);
  }

  private JsonNode start(CodeVerifier verifier) {
    Http.Answer answer =
        issuer.post(
            "device_authorization_endpoint",
            Map.of(
                "client_id",
                Issuer.CLIENT,
                "scope",
                "openid",
                "code_challenge",
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue(),
                "code_challenge_method",
                "S256"));
    if (!answer.isGood()) {
      throw new Failure(Exit.UNAVAILABLE, "the issuer does not offer to sign in like this");
    }
    return answer.body();
  }

  private String await(JsonNode started, CodeVerifier verifier) {
    int interval = started.path("interval").asInt(DEFAULT_SECONDS);
    int left = started.path("expires_in").asInt(0);
    while (left > 0) {
      interval = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, interval));
      pause.of(Duration.ofSeconds(interval));
      left -= interval;
      Http.Answer answer =
          issuer.post(
              "token_endpoint",
              Map.of(
                  "grant_type",
                  "urn:ietf:params:oauth:grant-type:device_code",
                  "device_code",
                  started.path("device_code").asText(),
                  "client_id",
                  Issuer.CLIENT,
                  "code_verifier",
                  verifier.getValue()));
      if (answer.isGood()) {
        return answer.body().path("refresh_token").asText();
      }
      switch (answer.body().path("error").asText()) {
        case "authorization_pending" -> {}
        case "slow_down" -> interval += DEFAULT_SECONDS;
        case "access_denied" -> throw new Failure(Exit.SIGN_IN, "the sign-in was refused");
        default -> left = 0;
      }
    }
    throw new Failure(Exit.SIGN_IN, "nobody signed in in time");
  }
}
