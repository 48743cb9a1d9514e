package io.countersign.handback;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.delivery.Endpoint;
import io.countersign.delivery.WebhookSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandardWebhooksSignerTest {

  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant AT = Instant.ofEpochSecond(1614265330);
  private static final WebhookSecret SECRET =
      WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

  private final SigningKeys keys = TestKeys.signingKeys();
  private final StandardWebhooksSigner signer = new StandardWebhooksSigner(keys);

  @Test
  void signsTheKnownMessageAsTheReferenceDoes() {
    Map<String, String> headers = signer.headers(ID, AT, BODY, endpoint(Optional.of(SECRET)));

    assertThat(headers)
        .containsOnlyKeys("webhook-id", "webhook-timestamp", "webhook-signature")
        .containsEntry("webhook-id", ID)
        .containsEntry("webhook-timestamp", "1614265330");
    assertThat(headers.getOrDefault("webhook-signature", "").split(" "))
        .hasSize(2)
        .contains("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void signsWithItsOwnKeyEvenWithoutASecret() throws Exception {
    String signature =
        signer
            .headers(ID, AT, BODY, endpoint(Optional.empty()))
            .getOrDefault("webhook-signature", "");

    assertThat(signature).startsWith("v1a,").doesNotContain(" ");
    assertThat(verifies(signature, ID + ".1614265330.{\"test\": 2432232314}")).isTrue();
    assertThat(verifies(signature, ID + ".1614265331.{\"test\": 2432232314}")).isFalse();
    assertThat(verifies(signature, ID + ".1614265330.{\"test\": 2432232315}")).isFalse();
  }

  private boolean verifies(String signature, String text) throws Exception {
    byte[] spki =
        HexFormat.of()
            .parseHex(
                "302a300506032b6570032100"
                    + HexFormat.of().formatHex(keys.publicKey(KeyPurpose.WEBHOOKS)));
    PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(text.getBytes(StandardCharsets.UTF_8));
    return verifier.verify(Base64.getDecoder().decode(signature.substring("v1a,".length())));
  }

  private static Endpoint endpoint(Optional<WebhookSecret> secret) {
    return new Endpoint("agent", "default", URI.create("https://hooks.example.com/"), secret);
  }
}
