package io.countersign.cli;

/**
 * Texts of agents and other people, so that a terminal shows them and obeys none of them: whatever
 * cannot be seen, moves the cursor or turns the direction becomes a mark such as {@code ⟦U+202E⟧}.
 */
final class Visible {

  private static final int SPACE = ' ';

  private Visible() {}

  /** In one line; line breaks are marked too. */
  static String line(String text) {
    return marked(text, false);
  }

  /** In as many lines as it has, each behind a bar: no line of it can pass for one of ours. */
  static String fenced(String text) {
    return "  | " + marked(text, true).replace("\n", "\n  | ");
  }

  private static String marked(String text, boolean keepsLines) {
    StringBuilder seen = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> {
              if (isPlain(each) || keepsLines && each == '\n') {
                seen.appendCodePoint(each);
              } else {
                seen.append(String.format("⟦U+%04X⟧", each));
              }
            });
    return seen.toString();
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == SPACE;
      default -> !isUnseen(codePoint);
    };
  }

  /** Letters and marks that leave nothing on the screen: fillers and selectors of variants. */
  private static boolean isUnseen(int codePoint) {
    return codePoint == 0x034F
        || codePoint == 0x115F
        || codePoint == 0x1160
        || codePoint == 0x17B4
        || codePoint == 0x17B5
        || codePoint == 0x2800
        || codePoint == 0x3164
        || codePoint == 0xFFA0
        || codePoint >= 0x180B && codePoint <= 0x180F
        || codePoint >= 0xFE00 && codePoint <= 0xFE0F
        || codePoint >= 0xE0100 && codePoint <= 0xE01EF;
  }
}
