package io.countersign.audit.merkle;

/**
 * What a log says of itself (c2sp.org/tlog-checkpoint): this is I, so many entries, with this root.
 * Extension lines, which nobody could verify, are refused.
 *
 * @param origin the log's name
 */
public record Checkpoint(String origin, long size, Hash root) {

  /** Refuses what cannot be. */
  public Checkpoint {
    if (origin.isEmpty() || origin.contains("\n")) {
      throw new IllegalArgumentException("expected the log's name on one line");
    }
    if (size < 0) {
      throw new IllegalArgumentException("expected a size of 0 or more, found " + size);
    }
  }

  static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length != 4 || !lines[3].isEmpty()) {
      throw new IllegalArgumentException(
          "expected a checkpoint of three lines: origin, size and root hash");
    }
    return new Checkpoint(lines[0], Decimal.parse(lines[1]), Hash.of(lines[2]));
  }

  /** The text that is signed. */
  public String text() {
    return origin + "\n" + size + "\n" + root + "\n";
  }
}
