package io.countersign.audit.merkle;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/** Fresh keys of logs and witnesses. */
public final class TestKeys {

  private TestKeys() {}

  /** A key pair. */
  public static final class Pair {
    private final KeyPair keys;

    private Pair(KeyPair keys) {
      this.keys = keys;
    }

    /** The 32 bytes of the public key. */
    public byte[] publicKey() {
      byte[] spki = keys.getPublic().getEncoded();
      return Arrays.copyOfRange(spki, spki.length - 32, spki.length);
    }

    /** The signature of a message. */
    public byte[] sign(byte[] message) {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(message);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A fresh key pair. */
  public static Pair pair() {
    try {
      return new Pair(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A log with a key of its own. */
  public static Signer log(String name) {
    Pair pair = pair();
    return new Signer(VerifierKey.ofLog(name, pair.publicKey()), pair::sign);
  }

  /** A witness with a key of its own. */
  public static Signer witness(String name) {
    Pair pair = pair();
    return new Signer(VerifierKey.ofWitness(name, pair.publicKey()), pair::sign);
  }
}
