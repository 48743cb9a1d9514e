package io.countersign.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LetterTextTest {

  private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'&<a href=\"//x\">";

  @Test
  void takesTextsAsTexts() {
    LetterText letter =
        new LetterText()
            .heading(HOSTILE)
            .paragraph(HOSTILE)
            .fact(HOSTILE, HOSTILE)
            .small(HOSTILE)
            .link("Look", "https://approve.example/review/apr_1");

    assertThat(letter.html())
        .doesNotContain("<img", "onerror=alert(1)>\"")
        .contains(
            "&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;&lt;a href=&quot;//x&quot;&gt;");
    assertThat(letter.html().split("<a ", -1)).as("links").hasSize(2);
    assertThat(letter.plain()).contains(HOSTILE, "https://approve.example/review/apr_1");
  }

  @Test
  void fetchesNothing() {
    assertThat(new LetterText().paragraph("x").html())
        .doesNotContain("src=", "url(", "<link", "<script", "<img");
  }
}
