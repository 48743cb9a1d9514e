package io.countersign.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewFormIT {

  /** Embedded forms need eval: the policy of the engine's web applications allows it. */
  private static final String TASKLISTS = "default-src 'self'; script-src 'self' 'unsafe-eval'";

  private static final String SENTENCE = "You asked for this yourself: somebody else decides it.";

  private static Chromium chromium;
  private static AssetServer server;
  private static Page page;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
    server = new AssetServer(TASKLISTS);
    page = chromium.browser().newPage();
    page.setDefaultTimeout(5_000);
    server.page("/", "<!doctype html><html lang=en><body></body></html>");
    server.answers(Requests.path(Requests.REFUND), 200, Requests.refund().toString());
  }

  @AfterAll
  static void stop() {
    server.close();
    chromium.close();
  }

  @BeforeEach
  void open() {
    page.navigate(server.origin() + "/");
    page.evaluate(
        AssetServer.resource("/ui/fake-cam-form.js"),
        Map.of(
            "html",
            AssetServer.resource("/forms/review-action.html"),
            "requestId",
            Requests.REFUND,
            "stage",
            "review"));
    page.waitForSelector(".digest");
  }

  private static Locator decision(String decision) {
    return page.locator("input[type=radio][value=" + decision + "]");
  }

  private static JsonNode submit() {
    return Requests.json((String) page.evaluate("JSON.stringify(window.tasklist.submit())"));
  }

  @Test
  void staysLockedUntilTheTaskIsClaimed() {
    assertThat(decision("approve").isDisabled()).isTrue();
    assertThat(submit().get("prevented").booleanValue()).isTrue();

    page.evaluate("window.tasklist.claim()");

    page.waitForCondition(() -> decision("approve").isEnabled());
  }

  @Test
  void sendsTheDecisionAndNothingElse() {
    page.evaluate("window.tasklist.claim()");
    decision("approve").check();

    JsonNode sent = submit();

    assertThat(sent.get("prevented").booleanValue()).isFalse();
    assertThat(sent.get("variables").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("decision", "actionDigest");
    assertThat(sent.get("variables").get("decision"))
        .isEqualTo(
            Requests.json(
                "{\"name\": \"decision\", \"type\": \"String\", \"value\": \"approve\"}"));
  }

  @Test
  void sendsAQuestionAsAVariableOfItsOwn() {
    page.evaluate("window.tasklist.claim()");
    page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
    decision("ask").check();
    page.locator(".question textarea").fill("Which lamp?");

    JsonNode variables = submit().get("variables");

    assertThat(variables.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("decision", "actionDigest", "question");
    assertThat(variables.get("question").get("value").textValue()).isEqualTo("Which lamp?");
  }

  @Test
  void showsARefusalAtTheFieldThatItNames() {
    page.evaluate("window.tasklist.claim()");
    page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
    decision("hand_on").check();
    page.locator(".to input").fill("nobody");
    submit();

    page.evaluate("window.tasklist.refuse('to: expected somebody who may decide this.')");

    assertThat(page.locator(".to .problem").textContent())
        .isEqualTo("Expected somebody who may decide this.");
    assertThat(page.locator(".decision > .problem").textContent()).isEmpty();
  }

  @Test
  void doesNotSubmitWhatIsNotDecided() {
    page.evaluate("window.tasklist.claim()");

    JsonNode sent = submit();

    assertThat(sent.get("prevented").booleanValue()).isTrue();
    assertThat(sent.get("variables").isEmpty()).isTrue();
    assertThat(page.locator(".decision > .problem").textContent()).isEqualTo("Choose a decision.");
  }

  @Test
  void forgetsARefusedEditWhenThePersonDecidesOtherwise() {
    page.evaluate("window.tasklist.claim()");
    decision("edit").check();
    page.getByLabel("Amount", new Page.GetByLabelOptions().setExact(true)).fill("200");
    page.locator(".reason textarea").fill("half came back");
    assertThat(submit().get("variables").get("parameters").get("value").textValue())
        .isEqualTo("{\"orderId\":\"A-10023\",\"amount\":200,\"currency\":\"EUR\"}");

    decision("approve").check();

    assertThat(submit().get("variables").has("parameters")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SENTENCE,
        "Cannot submit task form 014beb8f-e590: " + SENTENCE,
        "Cannot submit task form 014beb8f-e590: ENGINE-03051 There was an exception while invoking"
            + " the TaskListener. Message: 'Exception while invoking TaskListener: "
            + SENTENCE
            + "'"
      })
  void showsTheSentenceOfTheServerThatRefuses(String message) {
    page.evaluate("window.tasklist.claim()");
    decision("approve").check();
    submit();

    page.evaluate("message => window.tasklist.refuse(message)", message);

    assertThat(page.locator(".decision > .problem").textContent()).isEqualTo(SENTENCE);
  }
}
