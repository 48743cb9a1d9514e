package io.countersign.audit.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with signatures (c2sp.org/signed-note), read but not believed.
 *
 * @param text what was signed, with the newline at its end
 * @param signatures in the order of their lines
 */
record Note(String text, List<NoteSignature> signatures) {

  static final int MAX_BYTES = 65_536;
  private static final int MAX_SIGNATURES = 64;

  Note {
    signatures = List.copyOf(signatures);
  }

  static Note parse(byte[] bytes) {
    String note = utf8(bytes);
    int end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n") || end + 2 == note.length()) {
      throw new IllegalArgumentException(
          "expected a text, an empty line and signatures, each line with a newline at its end");
    }
    String[] lines = note.substring(end + 2, note.length() - 1).split("\n", -1);
    if (lines.length > MAX_SIGNATURES) {
      throw new IllegalArgumentException("expected at most 64 signatures, found " + lines.length);
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : lines) {
      signatures.add(NoteSignature.parse(line));
    }
    return new Note(note.substring(0, end + 1), signatures);
  }

  private static String utf8(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "expected a signed note of at most 65,536 bytes, found " + bytes.length);
    }
    try {
      String note = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (note.chars().noneMatch(c -> c < ' ' && c != '\n')) {
        return note;
      }
    } catch (CharacterCodingException e) {
      // Told below.
    }
    throw new IllegalArgumentException("expected UTF-8 without control characters");
  }

  byte[] textBytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString().getBytes(StandardCharsets.UTF_8);
  }
}
