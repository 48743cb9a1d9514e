package io.countersign.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentTextTest {

  @Test
  void leavesWhatIsReadableAsItIs() {
    String text = "Refund 240.00 EUR for order 10428, Straße 5: “ok” – 3.5 %";
    assertThat(AgentText.line(text, 300)).isEqualTo(text);
  }

  @Test
  void showsEveryCharacterThatCannotBeSeen() {
    assertThat(AgentText.line("a\u202Eb\u200Bc\r\nBcc: x\u0000\uFE0F\u3164", 300))
        .isEqualTo("a⟦U+202E⟧b⟦U+200B⟧c⟦U+000D⟧⟦U+000A⟧Bcc: x⟦U+0000⟧⟦U+FE0F⟧⟦U+3164⟧");
  }

  @Test
  void leavesNothingOfThemBehind() {
    IntStream.rangeClosed(0, 0x10ffff)
        .filter(AgentTextTest::isInvisible)
        .forEach(
            codePoint ->
                assertThat(AgentText.line(Character.toString(codePoint), 10))
                    .as("U+%04X", codePoint)
                    .matches("⟦U\\+[0-9A-F]{4,6}⟧"));
  }

  private static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> Character.isSpaceChar(codePoint) && codePoint != ' ';
    };
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/x, https[:]//evil[.]example/x",
    "see www.evil.example now, see www[.]evil[.]example now",
    "mailto:a@b.example, mailto[:]a@b[.]example",
    "javascript:alert(1), javascript[:]alert(1)",
    "evil。example, evil[。]example",
    "HTTP://192.0.2.7/, HTTP[:]//192.0.2.7/",
    "tel:+4930123, tel[:]+4930123"
  })
  void makesNothingOfItALink(String text, String shown) {
    assertThat(AgentText.line(text, 300)).isEqualTo(shown);
  }

  @Test
  void cutsWhatIsLongAndSaysSo() {
    assertThat(AgentText.line("x".repeat(300), 300)).hasSize(300);
    assertThat(AgentText.line("x".repeat(301), 300)).isEqualTo("x".repeat(300) + " ⟦cut⟧");
    assertThat(AgentText.line("😀".repeat(11), 10)).isEqualTo("😀".repeat(10) + " ⟦cut⟧");
  }
}
