package io.countersign.shared;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key that verifies Ed25519 signatures (RFC 8032). */
public final class Ed25519PublicKey {

  private static final String ALGORITHM = "Ed25519";
  private static final int BYTES = 32;
  private static final byte[] SPKI = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----");

  private final byte[] bytes;
  private final PublicKey key;
  private final String kid;

  private Ed25519PublicKey(byte[] bytes, PublicKey key) {
    this.bytes = bytes;
    this.key = key;
    this.kid = thumbprint(bytes);
  }

  /** The key of these 32 bytes. */
  public static Ed25519PublicKey of(byte[] bytes) {
    byte[] spki = Arrays.copyOf(SPKI, SPKI.length + BYTES);
    System.arraycopy(bytes, 0, spki, SPKI.length, BYTES);
    try {
      return new Ed25519PublicKey(
          bytes.clone(),
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(spki)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("expected an Ed25519 public key", e);
    }
  }

  /**
   * Reads any number of public keys, one after the other.
   *
   * @throws IllegalArgumentException if there is anything else
   */
  public static List<Ed25519PublicKey> allOf(String pem) {
    List<Ed25519PublicKey> keys = new ArrayList<>();
    Matcher matcher = PEM.matcher(pem);
    while (matcher.find()) {
      byte[] spki = Base64.getMimeDecoder().decode(matcher.group(1));
      if (spki.length != SPKI.length + BYTES
          || !Arrays.equals(Arrays.copyOf(spki, SPKI.length), SPKI)) {
        throw new IllegalArgumentException("expected Ed25519 public keys in PEM");
      }
      keys.add(of(Arrays.copyOfRange(spki, SPKI.length, spki.length)));
    }
    if (!PEM.matcher(pem).replaceAll("").isBlank()) {
      throw new IllegalArgumentException(
          "expected Ed25519 public keys in PEM (BEGIN PUBLIC KEY) and nothing else");
    }
    return List.copyOf(keys);
  }

  /** The thumbprint of a key (RFC 7638). */
  private static String thumbprint(byte[] bytes) {
    try {
      return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(bytes))
          .build()
          .computeThumbprint()
          .toString();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether the signature over the message was made with the private key that belongs to this. */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The key's thumbprint (RFC 7638). */
  public String kid() {
    return kid;
  }
}
