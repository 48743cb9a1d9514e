package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.countersign.ui.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How much a reviewer on a bad connection loads, as the browser itself counts it. */
class PageWeightIT {

  private static final int MOST_BYTES = 150_000;

  /** Bytes over the wire with headers, and the milliseconds until something was drawn. */
  private static final String MEASURED =
      "() => { const all = [...performance.getEntriesByType('navigation'),"
          + " ...performance.getEntriesByType('resource')];"
          + " const paint = performance.getEntriesByName('first-contentful-paint')[0];"
          + " return [all.reduce((sum, it) => sum + it.transferSize, 0), all.length,"
          + " Math.round(paint.startTime)]; }";

  private static Story story;
  private static Chromium chromium;
  private static Screen rita;

  @BeforeAll
  static void start() {
    story = Story.shared();
    chromium = new Chromium();
    rita = new Screen(chromium.browser(), story.application()).signIn("/", "rita");
  }

  @AfterAll
  static void stop() {
    rita.close();
    chromium.close();
  }

  private static void weigh(String path, String shown) {
    Page page = rita.page();
    rita.open(path);
    rita.find(shown).first().waitFor();
    String measured = page.evaluate(MEASURED).toString();
    String[] numbers = measured.replaceAll("[\\[\\] ]", "").split(",");
    System.out.printf(
        "%s: %s bytes in %s files, first paint after %s ms%n",
        path.replaceAll("apr_.*", ""), numbers[0], numbers[1], numbers[2]);
    assertThat(Integer.parseInt(numbers[0])).isPositive().isLessThan(MOST_BYTES);
  }

  @Test
  void keepsThePagesOfReviewersLight() {
    JsonNode refund = story.proposeRefundToReject("240.00");

    weigh("/review/" + Story.id(refund), "countersign-review .digest");
    weigh("/inbox", "countersign-inbox li.row");
  }
}
