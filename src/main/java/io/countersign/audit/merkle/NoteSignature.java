package io.countersign.audit.merkle;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** One signature line of a note: who says to have signed, with which key, and the signature. */
final class NoteSignature {

  private static final String DASH = "\u2014 ";

  private final String name;
  private final int id;
  private final byte[] signature;

  NoteSignature(String name, int id, byte[] signature) {
    this.name = name;
    this.id = id;
    this.signature = signature;
  }

  static NoteSignature parse(String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space <= DASH.length()) {
      throw new IllegalArgumentException("expected a signature line: a dash, a name and base64");
    }
    String name = line.substring(DASH.length(), space);
    byte[] bytes = StrictBase64.decode(line.substring(space + 1));
    if (name.contains("+") || name.chars().anyMatch(Character::isSpaceChar) || bytes.length < 5) {
      throw new IllegalArgumentException("expected a signature line: a dash, a name and base64");
    }
    int id = ByteBuffer.wrap(bytes).getInt();
    return new NoteSignature(name, id, Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
  }

  boolean isBy(VerifierKey key) {
    return key.name().equals(name) && key.id() == id;
  }

  byte[] signature() {
    return signature.clone();
  }

  String line() {
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES + signature.length).putInt(id).put(signature).array();
    return DASH + name + " " + StrictBase64.encode(bytes) + "\n";
  }
}
