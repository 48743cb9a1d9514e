package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.countersign.ui.Axe;
import io.countersign.ui.Chromium;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our pages against the rules of WCAG 2.2 AA: wide and narrow, light and dark. */
class AccessibilityIT {

  private static final int WIDE = 1280;
  private static final int NARROW = 320;
  private static final int HEIGHT = 900;

  private static Story story;
  private static Chromium chromium;
  private static Screen rita;

  @BeforeAll
  static void start() {
    story = Story.start(Map.of());
    chromium = new Chromium();
    rita = new Screen(chromium.browser(), story.application()).signIn("/", "rita");
  }

  @AfterAll
  static void stop() {
    rita.close();
    chromium.close();
    story.close();
  }

  private static JsonNode ticket() {
    ObjectNode body = Proposals.JSON.createObjectNode().put("action", "create_ticket");
    body.put("confidence", 0.97).put("recommendedReview", true);
    body.putObject("parameters").put("title", "Printer").put("body", "It is out of paper.");
    return story.propose("publishing-agent", body);
  }

  /** What breaks a rule, in all four looks of the page as it stands. */
  private static List<String> violations() {
    List<String> found = new ArrayList<>();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(WIDE, NARROW)) {
        Page page = rita.page();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, HEIGHT);
        Axe.violations(page).forEach(it -> found.add(scheme + " " + width + ": " + it));
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
            .as("no scrolling sideways at %d", width)
            .isEqualTo(true);
      }
    }
    return found;
  }

  /** Else an empty list would say nothing. */
  @Test
  void findsWhatIsWrong() {
    rita.open("/inbox");
    rita.page().evaluate("document.querySelector('main').append(new Image())");

    assertThat(violations()).hasSize(4).allMatch(found -> found.contains("image-alt"));
  }

  @Test
  void looksAtTheInboxAndItsSummary() {
    ticket();
    story.proposeRefundToReject("240.00");
    rita.open("/inbox");
    rita.find("li.row").nth(1).waitFor();
    assertThat(violations()).isEmpty();

    rita.find("li.row input").last().check();
    rita.button("Approve …").click();
    rita.page().waitForCondition(() -> rita.button("Approve 1 request").isEnabled());
    assertThat(violations()).isEmpty();
  }

  @Test
  void looksAtARequestThatIsDecided() {
    JsonNode refund = story.proposeRefundToReject("241.00");
    rita.open("/review/" + Story.id(refund));
    rita.find("input[value=reject]").check();
    assertThat(violations()).isEmpty();

    rita.find("input[value=edit]").check();
    assertThat(violations()).isEmpty();

    story.decides("rita", refund, "reject", "reason", "Not owed.");
    rita.page().reload();
    rita.find(".decided").waitFor();
    assertThat(violations()).isEmpty();
  }

  @Test
  void looksAtTheSettings() {
    rita.open("/settings");
    rita.find("main input").first().waitFor();

    assertThat(violations()).isEmpty();
  }

  @Test
  void looksAtARequestThatIsNotThere() {
    rita.open("/review/apr_0190b3d2-7b6e-7c21-9f5e-000000000000");
    rita.find(".state.failure").waitFor();

    assertThat(violations()).isEmpty();
  }
}
