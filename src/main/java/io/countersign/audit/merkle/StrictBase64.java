package io.countersign.audit.merkle;

import java.util.Base64;

/** Base 64 with one spelling for each value: the JDK's decoder alone takes several. */
final class StrictBase64 {

  private StrictBase64() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Told below, without quoting what was sent.
    }
    throw new IllegalArgumentException("expected base64 (RFC 4648, section 4), found none");
  }
}
