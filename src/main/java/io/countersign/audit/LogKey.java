package io.countersign.audit;

/** The key that signs the log. */
public interface LogKey {

  /** The 32 bytes of the Ed25519 public key. */
  byte[] publicKey();

  /** The Ed25519 signature of a message. */
  byte[] sign(byte[] message);
}
