package io.countersign.shared;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** A key that signs with Ed25519 (RFC 8032), proven usable when it was read. */
public final class Ed25519Key {

  private static final String ALGORITHM = "Ed25519";
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int PUBLIC_BYTES = 32;
  private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

  private final PrivateKey privateKey;
  private final Ed25519PublicKey publicKey;

  private Ed25519Key(PrivateKey privateKey, Ed25519PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * Reads a private key.
   *
   * @throws IllegalArgumentException saying what was expected, without quoting the key
   */
  public static Ed25519Key fromPem(String pem) {
    String text = pem.strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException(
          "expected one Ed25519 private key in PEM (PKCS#8, BEGIN PRIVATE KEY)");
    }
    String base64 = text.substring(BEGIN.length(), text.length() - END.length());
    try {
      byte[] pkcs8 = Base64.getMimeDecoder().decode(base64);
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
      return fromSeed(seed);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The cause may quote what it could not read.
      throw new IllegalArgumentException(
          "expected one Ed25519 private key in PEM (PKCS#8), found something else in it");
    }
  }

  /** The key of a 32-byte seed, as RFC 8032 calls the private key. */
  public static Ed25519Key fromSeed(byte[] seed) {
    try {
      KeyPair pair = pair(seed);
      byte[] spki = pair.getPublic().getEncoded();
      Ed25519Key key =
          new Ed25519Key(
              pair.getPrivate(),
              Ed25519PublicKey.of(
                  Arrays.copyOfRange(spki, spki.length - PUBLIC_BYTES, spki.length)));
      key.prove(seed);
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
    }
  }

  /** The JDK derives a public key only while it generates; so it is handed its randomness. */
  private static KeyPair pair(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(255, new FixedRandom(seed));
    return generator.generateKeyPair();
  }

  private void prove(byte[] seed) {
    byte[] used = ((EdECPrivateKey) privateKey).getBytes().orElseThrow();
    if (!Arrays.equals(used, seed) || !publicKey.verifies(PROBE, sign(PROBE))) {
      throw new IllegalStateException(
          "this Java platform does not derive Ed25519 keys as expected");
    }
  }

  /** The signature of a message. */
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the key was proven usable when it was read", e);
    }
  }

  /** What verifies its signatures. */
  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final byte[] seed;

    FixedRandom(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("expected to be asked for " + seed.length + " bytes");
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
