package io.countersign.audit.merkle;

import java.util.List;

/**
 * What a log asks of a witness (c2sp.org/tlog-witness, add-checkpoint).
 *
 * @param oldSize the size of the checkpoint that the witness is thought to have signed last
 * @param proof that the new checkpoint extends it
 */
public record WitnessRequest(long oldSize, List<Hash> proof, SignedCheckpoint checkpoint) {

  /** The most bytes of a request. */
  public static final int MAX_BYTES = Note.MAX_BYTES;

  private static final int MAX_PROOF = 63;
  private static final String OLD = "old ";

  /** Copies what it is given. */
  public WitnessRequest {
    proof = List.copyOf(proof);
  }

  /** Reads a request; believes nothing of it. */
  public static WitnessRequest parse(byte[] bytes) {
    HashLines lines = HashLines.parse(bytes, 1, MAX_PROOF);
    String old = lines.head().get(0);
    if (!old.startsWith(OLD)) {
      throw new IllegalArgumentException("expected the line \"old <size>\"");
    }
    return new WitnessRequest(
        Decimal.parse(old.substring(OLD.length())),
        lines.hashes(),
        SignedCheckpoint.parse(lines.checkpoint()));
  }

  /** The body of the request. */
  public byte[] bytes() {
    return new HashLines(List.of(OLD + oldSize), proof, checkpoint.bytes()).bytes();
  }
}
