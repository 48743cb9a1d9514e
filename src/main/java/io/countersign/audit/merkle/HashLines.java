package io.countersign.audit.merkle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Texts that begin with lines of their own and of hashes, and end with a checkpoint behind an empty
 * line.
 */
record HashLines(List<String> head, List<Hash> hashes, byte[] checkpoint) {

  static HashLines parse(byte[] bytes, int headLines, int maxHashes) {
    if (bytes.length > Note.MAX_BYTES) {
      throw new IllegalArgumentException("expected at most 65,536 bytes, found " + bytes.length);
    }
    int end = emptyLine(bytes);
    String[] lines = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).split("\n", -1);
    if (lines.length < headLines || lines.length > headLines + maxHashes) {
      throw new IllegalArgumentException(
          "expected " + headLines + " lines and at most " + maxHashes + " hashes");
    }
    List<Hash> hashes =
        Arrays.stream(lines).skip(headLines).map((String line) -> Hash.of(line)).toList();
    return new HashLines(
        List.of(lines).subList(0, headLines),
        hashes,
        Arrays.copyOfRange(bytes, end + 2, bytes.length));
  }

  private static int emptyLine(byte[] bytes) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (bytes[i] == '\n' && bytes[i + 1] == '\n') {
        return i;
      }
    }
    throw new IllegalArgumentException("expected an empty line before the checkpoint");
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder();
    head.forEach(line -> text.append(line).append('\n'));
    hashes.forEach(hash -> text.append(hash).append('\n'));
    text.append('\n');
    byte[] begin = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(begin, begin.length + checkpoint.length);
    System.arraycopy(checkpoint, 0, all, begin.length, checkpoint.length);
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HashLines lines && Arrays.equals(lines.bytes(), bytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }
}
