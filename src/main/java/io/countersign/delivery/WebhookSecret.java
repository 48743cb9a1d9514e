package io.countersign.delivery;

import java.util.Base64;

/** A symmetric secret of Standard Webhooks: {@code whsec_} and 24 to 64 random bytes in base64. */
public final class WebhookSecret {

  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;

  private final byte[] bytes;

  private WebhookSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a secret as operators write it.
   *
   * @throws IllegalArgumentException saying what was expected, without quoting the secret
   */
  public static WebhookSecret parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("expected whsec_ and 24 to 64 bytes in base64");
    }
    byte[] bytes = decode(text.substring(PREFIX.length()));
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "expected whsec_ and 24 to 64 bytes in base64, found " + bytes.length + " bytes");
    }
    return new WebhookSecret(bytes);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // The decoder's own sentence may quote a character of the secret.
      throw new IllegalArgumentException(
          "expected base64 after whsec_, found a character or length that is not");
    }
  }

  /** The key of the HMAC. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
