package io.countersign.audit.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** A public key with the name of who signs and what its signatures mean (a vkey of signed-note). */
public final class VerifierKey {

  /** What a signature of the key says. */
  public enum Type {
    /** A log says: this is my text. */
    ED25519(1),
    /** A witness says: at this time it was the largest I had seen, and consistent. */
    COSIGNATURE(4);

    private final byte number;

    Type(int number) {
      this.number = (byte) number;
    }
  }

  private static final Pattern NAME = Pattern.compile("[^\\s\\p{Z}\\p{C}+]{1,200}");
  private static final int KEY_BYTES = 32;
  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final Type type;
  private final byte[] publicKey;
  private final int id;

  private VerifierKey(String name, Type type, byte[] publicKey) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "expected a name of 1 to 200 characters without spaces and +");
    }
    if (publicKey.length != KEY_BYTES) {
      throw new IllegalArgumentException("expected an Ed25519 public key of 32 bytes");
    }
    this.name = name;
    this.type = type;
    this.publicKey = publicKey.clone();
    this.id = id(name, type, publicKey);
    key(this.publicKey);
  }

  /** The key of a log. */
  public static VerifierKey ofLog(String name, byte[] publicKey) {
    return new VerifierKey(name, Type.ED25519, publicKey);
  }

  /** The key of a witness. */
  public static VerifierKey ofWitness(String name, byte[] publicKey) {
    return new VerifierKey(name, Type.COSIGNATURE, publicKey);
  }

  /** Reads {@code name+hex(id)+base64(type, key)}. */
  public static VerifierKey parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length == 3) {
      byte[] typed = StrictBase64.decode(parts[2]);
      for (Type type : Type.values()) {
        if (typed.length == 1 + KEY_BYTES && typed[0] == type.number) {
          VerifierKey key =
              new VerifierKey(parts[0], type, Arrays.copyOfRange(typed, 1, typed.length));
          if (key.toString().equals(text)) {
            return key;
          }
        }
      }
    }
    throw new IllegalArgumentException(
        "expected a verifier key, name+8 hex digits+base64, of Ed25519 (type 1) or of a witness"
            + " (type 4)");
  }

  private static int id(String name, Type type, byte[] publicKey) {
    MessageDigest digest = Hash.sha256();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(type.number);
    digest.update(publicKey);
    return ByteBuffer.wrap(digest.digest()).getInt();
  }

  private static PublicKey key(byte[] publicKey) {
    byte[] encoded = Arrays.copyOf(SPKI, SPKI.length + KEY_BYTES);
    System.arraycopy(publicKey, 0, encoded, SPKI.length, KEY_BYTES);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("expected an Ed25519 public key of 32 bytes", e);
    }
  }

  /** Who signs with it. */
  public String name() {
    return name;
  }

  /** What its signatures mean. */
  public Type type() {
    return type;
  }

  int id() {
    return id;
  }

  /** Whether this is its Ed25519 signature of the message. */
  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key(publicKey));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // not even the form of a signature
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey key && key.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** As it is handed to others. */
  @Override
  public String toString() {
    byte[] typed = new byte[1 + KEY_BYTES];
    typed[0] = type.number;
    System.arraycopy(publicKey, 0, typed, 1, KEY_BYTES);
    return name + "+" + String.format(Locale.ROOT, "%08x", id) + "+" + StrictBase64.encode(typed);
  }
}
