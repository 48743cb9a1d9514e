package io.countersign.handback;

import io.countersign.audit.LogKey;
import org.springframework.stereotype.Component;

/** Signs the log with the installation's key for it. */
@Component
class LogSigningKey implements LogKey {

  private final SigningKeys keys;

  LogSigningKey(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public byte[] publicKey() {
    return keys.publicKey(KeyPurpose.LOG);
  }

  @Override
  public byte[] sign(byte[] message) {
    return keys.sign(KeyPurpose.LOG, message);
  }
}
