package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {

  /** Escape, the one-byte form of its sequences, and what rings, overwrites, turns or hides. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x1B, 0x9B, 0x07, 0x08, 0x0D, 0x0A, 0x09, 0x7F, 0x00, 0x85, 0xA0, 0xAD, 0x200B, 0x200E,
        0x2028, 0x202E, 0x2066, 0x2800, 0x3164, 0xFE0F, 0xFEFF, 0xE000, 0xE0041, 0xE0100
      })
  void marksWhatCannotBeSeen(int codePoint) {
    assertThat(Visible.line("a" + Character.toString(codePoint) + "b"))
        .isEqualTo("a" + String.format("⟦U+%04X⟧", codePoint) + "b");
  }

  @Test
  void leavesReadableTextsAlone() {
    String text = "Größe 12 € – 日本語 \uD83D\uDE00 \"x\" {}";
    assertThat(Visible.line(text)).isEqualTo(text);
  }

  @Test
  void marksHalfACharacter() {
    assertThat(Visible.line("\uD83D!")).isEqualTo("⟦U+D83D⟧!");
  }

  @Test
  void fencesEveryLine() {
    assertThat(Visible.fenced("one\n\u001b[2Jtwo\r\nthree"))
        .isEqualTo("  | one\n  | ⟦U+001B⟧[2Jtwo⟦U+000D⟧\n  | three");
  }
}
