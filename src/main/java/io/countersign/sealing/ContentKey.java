package io.countersign.sealing;

import io.countersign.shared.ActionDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits: seals with AES-GCM (NIST SP 800-38D) under a fresh nonce each time. */
final class ContentKey {

  static final int BYTES = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 4;

  private final byte[] key;

  ContentKey(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("expected a key of " + BYTES + " bytes");
    }
    this.key = key.clone();
  }

  static ContentKey random() {
    byte[] key = new byte[BYTES];
    RANDOM.nextBytes(key);
    return new ContentKey(key);
  }

  /**
   * Nonce, then cipher text and tag.
   *
   * @param about has to be the same when it is opened
   */
  byte[] seal(byte[] plain, byte[] about) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed = apply(Cipher.ENCRYPT_MODE, nonce, plain, 0, about);
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  /**
   * What was sealed.
   *
   * @throws IllegalStateException if it was sealed with another key, about something else, or
   *     changed since
   */
  byte[] open(byte[] sealed, byte[] about) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    return apply(Cipher.DECRYPT_MODE, nonce, sealed, NONCE, about);
  }

  private byte[] apply(int mode, byte[] nonce, byte[] input, int from, byte[] about) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(about);
      return cipher.doFinal(input, from, input.length - from);
    } catch (AEADBadTagException e) {
      throw new IllegalStateException("sealed content does not fit its key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  byte[] bytes() {
    return key.clone();
  }

  /** What makes commitments to this key's content impossible to guess; gone with the key. */
  byte[] salt() {
    return mac(key, "commitments");
  }

  /** {@code hmac-sha-256:} and in hex the HMAC (RFC 2104) of the digest's text under the salt. */
  String commitTo(ActionDigest digest) {
    return "hmac-sha-256:" + HexFormat.of().formatHex(mac(salt(), digest.value()));
  }

  /** A name that tells nothing of the key. */
  String id() {
    return HexFormat.of().formatHex(mac(key, "id"), 0, ID_BYTES);
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "content key";
  }
}
