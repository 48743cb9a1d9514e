package io.countersign.handback;

import io.countersign.delivery.DeliverySigner;
import io.countersign.delivery.Endpoint;
import io.countersign.delivery.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Signs as Standard Webhooks 1.0.0 says: always with our own key ({@code v1a}, Ed25519), and with
 * the endpoint's secret ({@code v1}, HMAC) where one is configured.
 */
@Component
class StandardWebhooksSigner implements DeliverySigner {

  private static final String HMAC = "HmacSHA256";

  private final SigningKeys keys;

  StandardWebhooksSigner(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public Map<String, String> headers(String id, Instant at, byte[] body, Endpoint endpoint) {
    String timestamp = Long.toString(at.getEpochSecond());
    byte[] signed = signedText(id, timestamp, body);
    String signature = "v1a," + base64(keys.sign(KeyPurpose.WEBHOOKS, signed));
    if (endpoint.hmacSecret().isPresent()) {
      signature += " " + symmetric(endpoint.hmacSecret().get(), signed);
    }
    return Map.of("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", signature);
  }

  static byte[] signedText(String id, String timestamp, byte[] body) {
    byte[] start = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[start.length + body.length];
    System.arraycopy(start, 0, text, 0, start.length);
    System.arraycopy(body, 0, text, start.length, body.length);
    return text;
  }

  static String symmetric(WebhookSecret secret, byte[] signed) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.bytes(), HMAC));
      return "v1," + base64(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
