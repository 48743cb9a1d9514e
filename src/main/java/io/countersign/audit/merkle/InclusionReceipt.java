package io.countersign.audit.merkle;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The proof that an entry is in a log (c2sp.org/tlog-proof): it can be checked without the log, by
 * whoever holds the entry and the log's key.
 */
public final class InclusionReceipt {

  private static final String FORMAT = "c2sp.org/tlog-proof@v1";
  private static final String INDEX = "index ";

  private final long index;
  private final List<Hash> proof;
  private final SignedCheckpoint checkpoint;

  /** The proof for the entry at the index. */
  public InclusionReceipt(long index, List<Hash> proof, SignedCheckpoint checkpoint) {
    this.index = index;
    this.proof = List.copyOf(proof);
    this.checkpoint = checkpoint;
  }

  /** Reads a receipt; believes nothing of it. Extra data, which no signature covers, is refused. */
  public static InclusionReceipt parse(byte[] bytes) {
    HashLines lines = HashLines.parse(bytes, 2, Proofs.MAX_LENGTH);
    String index = lines.head().get(1);
    if (!lines.head().get(0).equals(FORMAT) || !index.startsWith(INDEX)) {
      throw new IllegalArgumentException(
          "expected the lines " + FORMAT + " and \"index <number>\"");
    }
    return new InclusionReceipt(
        Decimal.parse(index.substring(INDEX.length())),
        lines.hashes(),
        SignedCheckpoint.parse(lines.checkpoint()));
  }

  /** The entry's index in the log. */
  public long index() {
    return index;
  }

  /** The checkpoint that it leads to. */
  public SignedCheckpoint checkpoint() {
    return checkpoint;
  }

  /** Whether it proves that the log with this key holds this entry. */
  public boolean proves(byte[] entry, VerifierKey log) {
    Checkpoint tree = checkpoint.checkpoint();
    return checkpoint.isSignedBy(log)
        && Proofs.includes(index, tree.size(), Hash.leaf(entry), proof, tree.root());
  }

  /** The text, as it is kept in a file {@code .tlog-proof}. */
  public String text() {
    HashLines lines = new HashLines(List.of(FORMAT, INDEX + index), proof, checkpoint.bytes());
    return new String(lines.bytes(), StandardCharsets.UTF_8);
  }
}
