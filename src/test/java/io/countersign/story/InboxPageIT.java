package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.countersign.ui.Chromium;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The inbox in a real browser, signed in through Keycloak. */
class InboxPageIT {

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

  @BeforeEach
  void decideEverythingElse() {
    var waiting = Story.json(story.application().commandLine("rita").get("/api/v1/inbox"));
    for (JsonNode item : waiting.path("items")) {
      ObjectNode request = Proposals.JSON.createObjectNode();
      request.put("id", item.path("requestId").asText()).put("agent", item.path("agent").asText());
      story.decides("rita", request, "reject", "reason", "Left over.");
    }
  }

  /** Low consequence, the agent itself wants it looked at, and told apart by its headline. */
  private static JsonNode look(String customer) {
    ObjectNode body = Proposals.JSON.createObjectNode().put("action", "query_crm");
    body.put("confidence", 0.97).put("recommendedReview", true);
    body.putObject("parameters").put("customerId", customer);
    return story.propose("publishing-agent", body);
  }

  private static JsonNode ticket(String title) {
    ObjectNode body = Proposals.JSON.createObjectNode().put("action", "create_ticket");
    body.put("confidence", 0.97).put("recommendedReview", true);
    body.putObject("parameters").put("title", title).put("body", "It is out of paper.");
    return story.propose("publishing-agent", body);
  }

  private static Locator rows() {
    return rita.find("countersign-inbox li.row");
  }

  private static void awaitRows(int count) {
    rita.page().waitForCondition(() -> rows().count() == count);
  }

  private static String status(JsonNode request) {
    return story.now(request).path("status").asText();
  }

  @Test
  void decidesChosenOnesTogetherAfterShowingThemWhole() {
    JsonNode first = look("C-3");
    JsonNode second = look("C-4");
    JsonNode grave = story.proposeRefundToReject("240.00");
    rita.open("/inbox");
    awaitRows(3);
    assertThat(rows().first().textContent()).contains("240.00");
    rita.keep("inbox");

    for (int row = 0; row < 3; row++) {
      rows().nth(row).locator("input").check();
    }
    rita.find(".bar-chosen").getByText("1 can be approved only on its own page.").waitFor();
    rita.button("Approve …").click();
    rita.button("Approve 2 requests").waitFor();
    Locator summary = rita.find("dialog.summary");
    summary.locator("dd").getByText("C-4").waitFor();
    assertThat(summary.textContent()).contains("customerId").doesNotContain("240.00");
    rita.keep("inbox-summary");
    rita.button("Approve 2 requests").click();
    summary.getByText("All are decided").waitFor();

    assertThat(status(first)).isEqualTo("approved");
    assertThat(status(second)).isEqualTo("approved");
    assertThat(status(grave)).isEqualTo("pending");
    rita.button("Close").first().click();
    awaitRows(1);
  }

  @Test
  void sendsTheDigestOfWhatItShowedNotOfWhatWasListed() {
    JsonNode look = look("C-5");
    rita.open("/inbox");
    awaitRows(1);
    rows().first().locator("input").check();
    rita.button("Approve …").click();
    rita.button("Approve 1 request").waitFor();
    story.decides("raj", look, "reject", "reason", "Already there.");

    rita.button("Approve 1 request").click();

    rita.find("dialog.summary").getByText("Not decided:").waitFor();
    assertThat(status(look)).isEqualTo("rejected");
  }

  @Test
  void marksWhatOthersDecidedAndOffersWhatIsNewWithoutMovingAnything() {
    JsonNode gone = look("C-gone");
    look("C-stays");
    rita.open("/inbox");
    awaitRows(2);
    rita.find(".live").getByText("Live", new Locator.GetByTextOptions().setExact(true)).waitFor();

    story.decides("raj", gone, "reject", "reason", "Already there.");
    look("C-new");

    rita.find("li.is-gone").getByText("C-gone").waitFor();
    rita.button("The list has changed. Show it as it is now").waitFor();
    assertThat(rows().count()).isEqualTo(2);
    rita.button("The list has changed. Show it as it is now").click();
    rita.find("li.row").getByText("C-new").waitFor();
    awaitRows(2);
  }

  @Test
  void showsByItselfWhatComesIntoAnEmptyInbox() {
    rita.open("/inbox");
    rita.find(".state").getByText("Nothing waits for you.").waitFor();
    rita.find(".live").getByText("Live", new Locator.GetByTextOptions().setExact(true)).waitFor();
    rita.keep("inbox-empty");

    look("C-first");

    awaitRows(1);
  }

  @Test
  void isUsedByKeyboardAlone() {
    JsonNode first = look("C-one");
    look("C-two");
    rita.open("/inbox");
    awaitRows(2);
    var keyboard = rita.page().keyboard();

    keyboard.press("j");
    keyboard.press("x");
    keyboard.press("r");
    rita.find("dialog.summary .reason textarea").waitFor();
    rita.page().waitForCondition(() -> rita.button("Reject 1 request").isEnabled());
    keyboard.press("j");
    rita.find("dialog.summary .reason textarea").fill("Already there.");
    rita.button("Reject 1 request").press("Enter");
    rita.find("dialog.summary").getByText("All are decided").waitFor();

    assertThat(status(first)).isEqualTo("rejected");
  }

  @Test
  void keepsItsFiltersInTheAddress() {
    look("C-low");
    story.proposeRefundToReject("250.00");
    rita.open("/inbox?severity=high");
    awaitRows(1);
    assertThat(rows().first().textContent()).contains("250.00");

    rita.page().getByLabel("Consequence").selectOption("low");

    rita.find("li.row").getByText("Look up customer C-low").waitFor();
    assertThat(rita.page().url()).endsWith("/inbox?severity=low");
    rita.page().goBack();
    rita.find("li.row").getByText("250.00").first().waitFor();
  }

  @Test
  void givesTenSecondsToTakeBackWhatIsOfLowConsequence() {
    JsonNode look = look("C-back");
    rita.open("/review/" + Story.id(look));
    rita.find("input[value=approve]").check();
    rita.find("button.send").click();
    rita.find(".done").getByText("Not sent yet").waitFor();
    rita.keep("undo");
    rita.button("Undo").click();
    rita.find(".done").getByText("Nothing was decided").waitFor();
    assertThat(status(look)).isEqualTo("pending");

    rita.find("button.send").click();
    rita.button("Send now").click();

    rita.find(".done").getByText("Recorded.").waitFor();
    assertThat(status(look)).isEqualTo("approved");
  }

  @Test
  void sendsWhatWasDecidedWhenThePageIsLeft() {
    JsonNode look = look("C-left");
    rita.open("/review/" + Story.id(look));
    rita.find("input[value=approve]").check();
    rita.find("button.send").click();
    rita.find(".done").getByText("Not sent yet").waitFor();

    rita.open("/inbox");

    rita.page().waitForCondition(() -> status(look).equals("approved"));
  }

  @Test
  void showsHostileTitlesAsText() {
    String title = "<img src=x onerror=alert(1)>{{7*7}}\u202egnp.exe\u200b";
    ticket(title);
    rita.open("/inbox");
    awaitRows(1);
    rows().first().locator("input").check();
    rita.button("Approve …").click();
    rita.page().waitForCondition(() -> rita.button("Approve 1 request").isEnabled());

    Locator summary = rita.find("dialog.summary");
    assertThat(summary.locator("img, script").count()).isZero();
    assertThat(summary.textContent())
        .contains("<img src=x onerror=alert(1)>{{7*7}}⟦U+202E⟧gnp.exe⟦U+200B⟧")
        .doesNotContain("\u202e");
  }

  @Test
  void isReadableInTheDark() {
    look("C-dark");
    story.proposeRefundToReject("260.00");
    rita.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    rita.open("/inbox");
    awaitRows(2);
    rows().last().locator("input").check();
    rita.keep("inbox-dark");
    rita.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }
}
