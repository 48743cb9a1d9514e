package io.countersign.fences;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Trespasses. */
final class Digests {

  byte[] digest() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest();
  }
}
