package io.countersign.audit.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Signs checkpoints for a log or a witness. */
public final class Signer {

  private final VerifierKey key;
  private final UnaryOperator<byte[]> ed25519;

  /**
   * Signs as whom this key names.
   *
   * @param ed25519 makes the Ed25519 signature of a message
   */
  public Signer(VerifierKey key, UnaryOperator<byte[]> ed25519) {
    this.key = key;
    this.ed25519 = ed25519;
  }

  /** Who signs. */
  public VerifierKey key() {
    return key;
  }

  /** The log's own signature. */
  public SignedCheckpoint sign(Checkpoint checkpoint) {
    String text = checkpoint.text();
    byte[] signature = ed25519.apply(text.getBytes(StandardCharsets.UTF_8));
    Note note = new Note(text, List.of(line(VerifierKey.Type.ED25519, signature)));
    return SignedCheckpoint.parse(note.bytes());
  }

  /** The signature line of a witness that has checked the checkpoint. */
  public String cosign(Checkpoint checkpoint, Instant at) {
    long seconds = at.getEpochSecond();
    byte[] signature = ed25519.apply(SignedCheckpoint.cosigned(checkpoint.text(), seconds));
    byte[] timed =
        ByteBuffer.allocate(Long.BYTES + signature.length).putLong(seconds).put(signature).array();
    return line(VerifierKey.Type.COSIGNATURE, timed).line();
  }

  private NoteSignature line(VerifierKey.Type expected, byte[] signature) {
    if (key.type() != expected) {
      throw new IllegalStateException("this key is not for " + expected);
    }
    return new NoteSignature(key.name(), key.id(), signature);
  }
}
