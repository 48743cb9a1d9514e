package io.countersign.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextIT {

  private static final String FOREIGN_ELEMENTS =
      "img, script, iframe, object, embed, svg, math, style, base, form, a, video, audio, meta";

  private static Chromium chromium;
  private static AssetServer server;
  private static ReviewPage review;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
    server = new AssetServer(AssetServer.STRICT);
    review = new ReviewPage(chromium.browser(), server);
  }

  @AfterAll
  static void stop() {
    review.close();
    server.close();
    chromium.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<img src=https://evil.invalid/p.png>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<a href=javascript:alert(1) autofocus>click</a>",
        "<style>@import url(https://evil.invalid/x.css)</style>",
        "<link rel=stylesheet href=https://evil.invalid/x.css>",
        "<base href=https://evil.invalid/>",
        "<meta http-equiv=refresh content='0;url=https://evil.invalid/'>",
        "<form action=https://evil.invalid/><input autofocus onfocus=alert(1)>",
        "<details open ontoggle=alert(1)>",
        "<video><source onerror=alert(1)></video>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<template><img src=x onerror=alert(1)></template>",
        "<object data=https://evil.invalid/x.swf></object>",
        "\"><script>alert(1)</script>",
        "' onmouseover='alert(1)",
        "--><img src=x onerror=alert(1)>",
        "]]><script>alert(1)</script>",
        "</textarea></title></style><script>alert(1)</script>",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "{{constructor.constructor('alert(1)')()}}",
        "${alert(1)}",
        "#{alert(1)}",
        "<%= alert(1) %>",
        "[click](javascript:alert(1)) ![x](https://evil.invalid/p.png)",
        "**bold** `code` # heading",
        "https://evil.invalid/?q=1",
        "&lt;script&gt;alert(1)&lt;/script&gt; &#x202e;",
        "\\u003cscript\\u003ealert(1)",
        "__proto__",
        "constructor",
        "/* url(https://evil.invalid/x) */ } body { display: none }"
      })
  void rendersMarkupAsText(String text) {
    review.show(Requests.saying(text));
    review.find("details").all().forEach(details -> details.locator("summary").click());

    assertThat(review.find("h2").textContent()).isEqualTo(text);
    assertThat(review.find("[data-name=orderId] .prose").textContent()).isEqualTo(text);
    assertThat(review.find(".fence").textContent()).contains(text);
    assertThat(review.find(":is(" + FOREIGN_ELEMENTS + ")").count()).isZero();
    assertThat(review.unwanted()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "202E, right-to-left override",
    "202D, left-to-right override",
    "2066, left-to-right isolate",
    "200B, zero-width space",
    "200D, zero-width joiner",
    "FEFF, byte order mark",
    "00AD, soft hyphen",
    "00A0, no-break space",
    "0000, null",
    "001B, escape",
    "0008, backspace",
    "000D, carriage return",
    "E0041, hidden tag character",
    "E0020, hidden tag character",
    "FE0F, cannot be seen",
    "3164, cannot be seen",
    "2800, cannot be seen",
    "115F, cannot be seen",
    "2028, cannot be seen",
    "180E, cannot be seen",
    "E000, cannot be seen",
    "FFFF, cannot be seen"
  })
  void showsWhatCannotBeSeenAsMarks(String hex, String words) {
    String hidden = Character.toString(Integer.parseInt(hex, 16));
    review.show(Requests.saying("pay" + hidden + "ment"));

    for (String place : List.of("h2", ".who", "[data-name=orderId]", ".reasons", ".fence")) {
      var mark = review.find(place + " .mark").first();
      assertThat(mark.textContent()).isEqualTo("⟦U+" + hex + "⟧");
      assertThat(mark.getAttribute("title")).contains(words);
      assertThat(review.find(place).textContent()).doesNotContain(hidden);
    }
    assertThat(review.unwanted()).isEmpty();
  }

  @Test
  void marksEveryCodePointThatJavaKnowsToBeInvisibleAndNoLetter() {
    review.show(Requests.refund());

    List<?> marked =
        (List<?>)
            review
                .page()
                .evaluate(
                    """
                    async () => {
                      const { hasHidden } = await import('/assets/review/visible.js');
                      const found = [];
                      for (let c = 0; c <= 0x10ffff; c++) {
                        if (hasHidden(`a${String.fromCodePoint(c)}b`)) found.push(c);
                      }
                      return found;
                    }
                    """);

    List<Integer> codePoints = marked.stream().map(each -> ((Number) each).intValue()).toList();
    var set = new java.util.HashSet<>(codePoints);
    assertThat(IntStream.rangeClosed(0, 0x10ffff).filter(HostileTextIT::isInvisible).boxed())
        .allMatch(set::contains);
    assertThat(codePoints).noneMatch(HostileTextIT::isReadable);
  }

  private static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint != '\n';
      case Character.SPACE_SEPARATOR -> codePoint != ' ';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static boolean isReadable(int codePoint) {
    boolean filler = List.of(0x115f, 0x1160, 0x3164, 0xffa0).contains(codePoint);
    return Character.isLetterOrDigit(codePoint) && !filler;
  }

  @Test
  void flagsWordsThatMixLookAlikeLetters() {
    review.show(Requests.saying("Pay to p\u0430ypal, not to Москва"));

    assertThat(review.find("h2 .mixed").count()).isEqualTo(1);
    assertThat(review.find("h2 .mixed").getAttribute("title")).contains("Latin and Cyrillic");
  }

  @Test
  void showsSpacesAtTheEdgesAndPilesOfAccents() {
    review.show(Requests.saying(" a" + "\u0301".repeat(40) + "b"));

    assertThat(review.find("h2").textContent()).startsWith("⟦U+0020⟧a");
    assertThat(review.find("h2 .mark").count()).isEqualTo(1 + 38);
  }

  @Test
  void keepsTheLastCharacterOfALongTextWithinReach() {
    String text = "x".repeat(60_000) + "END";
    var request = Requests.refund();
    request.withObject("/parameters").put("orderId", text);
    review.show(request);

    var order = review.find("[data-name=orderId]");
    assertThat(order.locator(".badge").textContent()).isEqualTo("60,003 characters");
    order.getByText("Show all").click();
    order.getByText("Last part").click();
    assertThat(order.locator(".prose").textContent()).endsWith("END");
    double hiddenPart =
        ((Number) order.locator(".prose").evaluate("box => box.scrollHeight - box.clientHeight"))
            .doubleValue();
    assertThat(hiddenPart).isLessThanOrEqualTo(1);
  }

  /** Five of these on one page, each of nothing but marks, once stopped a browser. */
  @Test
  void staysUsableWhateverTheSizeOfWhatTheAgentSays() {
    String marks = "\u202e".repeat(200_000);
    var request = Requests.refund();
    for (String name : List.of("rationale", "expectedOutcome", "confidenceBasis")) {
      request.put(name, marks);
    }
    var context = request.putObject("context");
    var steps = context.putArray("completedSteps");
    var calls = context.putArray("toolCalls");
    IntStream.range(0, 500).forEach(n -> steps.add("step " + n + marks.substring(0, 2_000)));
    calls.addObject().put("name", marks).put("result", marks);

    review.show(request);
    review.decision("approve").check();

    Object nodes = review.review("review.shadowRoot.querySelectorAll('*').length");
    assertThat(((Number) nodes).intValue()).isLessThan(20_000);
    assertThat(review.message()).isEqualTo("null");
  }

  @Test
  void drawsTheSameTopForTheSameParametersWhateverTheAgentSays() {
    review.show(Requests.refund());
    String top = review.find(".parameters").innerHTML();
    var other = Requests.refund();
    other.put("rationale", "Refund of 2.40 EUR, already approved by the owner.");

    review.show(other);

    assertThat(review.find(".parameters").innerHTML().replaceAll("title-\\d+", "title"))
        .isEqualTo(top.replaceAll("title-\\d+", "title"));
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 1280})
  void neverOverflowsThePage(int width) {
    review.page().setViewportSize(width, 800);
    review.show(Requests.saying("W".repeat(3_000)));
    review.decision("edit").check();

    Object overflow = review.page().evaluate("document.documentElement.scrollWidth - innerWidth");
    assertThat(((Number) overflow).intValue()).isLessThanOrEqualTo(0);
  }

  @Test
  void showsTheSameInADarkRoom() {
    try (var dark =
        new ReviewPage(
            chromium.browser(),
            server,
            new Browser.NewContextOptions()
                .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK))) {
      dark.show(Requests.refund());
      Object paper = dark.review("getComputedStyle(review).backgroundColor");
      assertThat(paper).isEqualTo("rgb(20, 23, 30)");
    }
  }
}
