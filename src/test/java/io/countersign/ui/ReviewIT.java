package io.countersign.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewIT {

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

  @Test
  void showsEverythingAPersonNeedsToDecide() {
    review.show(Requests.refund());

    assertThat(review.find("h2").textContent()).isEqualTo("Refund 240.00 EUR for order A-10023");
    assertThat(review.find(".consequence").textContent())
        .contains("High consequence", "Cannot be undone", "cannot be called back");
    assertThat(review.find(".money").textContent()).isEqualTo("240.00EUR");
    assertThat(review.find("[data-name=currency] dd").textContent()).isEqualTo("EUR");
    assertThat(review.find(".confidence").textContent())
        .contains("0.72", "gate 0.95", "escalated below 0.60");
    assertThat(review.find(".reasons").textContent()).contains("decided by people");
    review.find(".fence summary").all().forEach(summary -> summary.click());
    assertThat(review.find(".fence").textContent())
        .startsWith("The agent's own words — unverified")
        .contains("broken lamp", "get_order", "younger than 30 days", "Draft of the letter");
    assertThat(review.find(".fence summary .badge").first().textContent()).isEqualTo("2");
  }

  @Test
  void showsWhatWouldChangeWhereTheAgentSaysWhatThereWas() {
    ObjectNode request = Requests.refund();
    request
        .withObject("/context")
        .putObject("stateBefore")
        .put("amount", "0.00")
        .put("currency", "EUR")
        .put("status", "returned");
    review.show(request);

    assertThat(review.find(".fence .effect del").allTextContents()).containsExactly("0.00EUR");
    assertThat(review.find(".fence .effect ins").textContent()).startsWith("240");
    assertThat(review.find(".facts .effect").count()).isZero();
  }

  @Test
  void findsOneOfManyToolCalls() {
    ObjectNode request = Requests.refund();
    ArrayNode calls = request.withObject("/context").putArray("toolCalls");
    for (int n = 0; n < 40; n++) {
      calls.addObject().put("name", "get_order").put("result", "order \"" + n + "\" <b>");
    }
    review.show(request);
    review.find(".fence summary").getByText("Tool calls").click();

    review.find(".fence input[type=search]").fill("Order \"37\" <B>");

    review.find(".fence").getByText("1 of 40").waitFor();
    assertThat(review.find(".fence .search-line + div .prose").allTextContents())
        .containsExactly("order \"37\" <b>");
  }

  @Test
  void countsDownToTheDeadlineByTheClockOfTheServer() {
    ObjectNode request = Requests.refund();
    request.put("deadline", java.time.Instant.now().plusSeconds(3 * 3600 + 30).toString());
    review.show(request);

    assertThat(review.find(".left").textContent()).isEqualTo("3 h 0 min left");
    assertThat(review.find(".deadline time").getAttribute("title")).endsWith("Z (UTC)");
    request.put("deadline", "2020-01-01T00:00:00Z");
    assertThat(review.show(request).find(".left").textContent()).isEqualTo("The time is over");
  }

  @Test
  void sendsAnApprovalWithTheDigestThatWasShown() {
    review.show(Requests.refund());
    assertThat(review.message()).isEqualTo("Choose a decision.");

    review.decision("approve").check();

    assertThat(review.message()).isEqualTo("null");
    assertThat(review.value())
        .isEqualTo(
            Requests.json(
                """
                {"decision": "approve", "reason": "", "actionDigest":
                 "sha-256:5f2c7b1e9d0a4c8be3f6a1d27094b85ce61f3d7a0b2c4e8f9a1d3b5c7e9f0a12"}
                """));
  }

  @Test
  void sendsAnEditAsTheFullParameters() {
    review.show(Requests.refund());
    review.button("Edit").click();
    review.field("Amount").fill("200.00");
    review.reason().fill("  Half came back.  ");

    assertThat(review.message()).isEqualTo("null");
    assertThat(review.value().get("decision").textValue()).isEqualTo("edit");
    assertThat(review.value().get("reason").textValue()).isEqualTo("Half came back.");
    assertThat(review.value().get("parameters").textValue())
        .isEqualTo("{\"orderId\":\"A-10023\",\"amount\":200,\"currency\":\"EUR\"}");
    assertThat(review.find(".field.changed").count()).isEqualTo(1);
    assertThat(review.find(".field.changed .was").textContent()).isEqualTo("was 240.00EUR");
  }

  @Test
  void leavesWhatNobodyTouchedByteForByte() {
    ObjectNode request = Requests.refund();
    String odd = "first\r\nsecond\u202e\ttab ";
    ObjectNode parameters = request.withObject("/parameters");
    parameters.put("orderId", odd).put("ratio", 0.1).put("big", 9007199254740991L);
    parameters.putObject("nested").put("a", 1).putNull("b");
    parameters.put("__proto__", "x");
    for (String name : java.util.List.of("ratio", "big", "nested", "__proto__")) {
      request.withArray("/presentation/fields").addObject().put("name", name).put("declared", true);
    }
    request.withObject("/presentation/fields/0").remove("schema");
    request.withObject("/presentation/fields/0").putObject("schema").put("type", "string");

    review.show(request);
    review.decision("edit").check();
    review.field("Amount").fill("1");

    assertThat(Requests.json(review.value().get("parameters").textValue()))
        .isEqualTo(Requests.json(parameters.deepCopy().put("amount", 1).toString()));
    assertThat(review.find("[data-name=orderId] .reads").textContent()).contains("⟦U+202E⟧");
  }

  @Test
  void editsTextsChoicesAndSwitchesAsTheirSchemaSays() {
    ObjectNode request = Requests.refund();
    request.withObject("/parameters").put("notify", true).put("note", "a\nb").put("days", 3);
    var fields = request.withArray("/presentation/fields");
    Map.of("notify", "boolean", "note", "string", "days", "integer")
        .forEach(
            (name, type) ->
                fields
                    .addObject()
                    .put("name", name)
                    .put("label", name)
                    .putObject("schema")
                    .put("type", type));
    review.show(request);
    review.button("Edit").click();

    review.field("Currency").selectOption("1");
    review.field("notify").selectOption("1");
    review.field("days").fill("5");
    review.field("note").fill("one\ntwo");

    assertThat(review.field("note").evaluate("field => field.tagName")).isEqualTo("TEXTAREA");
    assertThat(Requests.json(review.value().get("parameters").textValue()))
        .isEqualTo(
            Requests.json(
                """
                {"orderId": "A-10023", "amount": 240, "currency": "USD", "notify": false,
                 "note": "one\\ntwo", "days": 5}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Amount | 9999     | Amount: expected at most 5000.",
        "Amount | 0        | Amount: expected more than 0.",
        "Amount | -1       | Amount: expected more than 0.",
        "Amount | 1.005    | Amount: expected a multiple of 0.01.",
        "Amount | 1,5      | Amount: expected a number such as 200.00.",
        "Amount | 1e3      | Amount: expected a number such as 200.00.",
        "Amount | 0x10     | Amount: expected a number such as 200.00.",
        "Amount | ''       | Amount: expected a number, found nothing.",
        "Amount | 12.3400000000000000001 | Amount: has more digits than can be kept exactly.",
        "Order  | B-1      | Order: expected the form ^A-[0-9]{5}$."
      })
  void saysWhatIsWrongBeforeAnythingIsSent(String label, String text, String sentence) {
    review.show(Requests.refund());
    review.decision("edit").check();
    review.reason().fill("because");
    review.field(label).fill(text);

    assertThat(review.message()).isEqualTo(sentence);
    assertThat(review.review("review.reportValidity()")).isEqualTo(false);
    assertThat(review.find(".decision > .problem").textContent()).isEqualTo(sentence);
    assertThat(review.field(label).getAttribute("aria-invalid")).isEqualTo("true");
    assertThat(review.value().get("parameters").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"edit", "reject"})
  void demandsAReasonWhereOneIsDue(String decision) {
    review.show(Requests.refund());
    review.decision(decision).check();
    if (decision.equals("edit")) {
      assertThat(review.message()).isEqualTo("Change at least one value, or choose Approve.");
      review.field("Amount").fill("200");
    }
    assertThat(review.message()).isEqualTo("Give a reason for this decision.");
    review.reason().fill(" \n ");
    assertThat(review.review("review.reportValidity()")).isEqualTo(false);
    assertThat(review.review("review.shadowRoot.activeElement.tagName")).isEqualTo("TEXTAREA");
    review.reason().fill("because");
    assertThat(review.message()).isEqualTo("null");
  }

  @Test
  void forgetsTheEditsWhenThePersonApprovesAfterAll() {
    review.show(Requests.refund());
    review.decision("edit").check();
    review.field("Amount").fill("200");
    review.decision("approve").check();

    assertThat(review.value().has("parameters")).isFalse();
    assertThat(review.find(".money").textContent()).isEqualTo("240.00EUR");
    assertThat(review.find(".field.changed").count()).isZero();
  }

  @Test
  void offersWhatTheRequestOffersAndNothingElse() {
    ObjectNode request = Requests.refund();
    request.putArray("decisions").addObject().put("decision", "reject").put("reasonRequired", true);
    review.show(request);

    assertThat(review.find("input[type=radio]").count()).isEqualTo(1);
    assertThat(review.button("Edit").count()).isZero();
  }

  @Test
  void offersNoApprovalOfWhatWasNotInspected() {
    ObjectNode request = Requests.refund();
    request.withObject("/parameters").put("alsoPayTo", "DE89 3704 0044");
    review.show(request);

    assertThat(review.find(".undeclared").textContent()).contains("Not inspected", "DE89");
    assertThat(review.decision("approve").isDisabled()).isTrue();
    assertThat(review.decision("edit").isDisabled()).isTrue();
    assertThat(review.decision("reject").isEnabled()).isTrue();
    assertThat(review.button("Edit").count()).isZero();
  }

  @Test
  void drawsValuesFromWhatTheDigestCoversNotFromThePresentation() {
    ObjectNode request = Requests.refund();
    request.withObject("/presentation/fields/1").put("value", 2.40);

    assertThat(review.show(request).find(".money").textContent()).isEqualTo("240.00EUR");
  }

  @Test
  void canBeDoneWithTheKeyboardAlone() {
    review.show(Requests.refund());
    var keyboard = review.page().keyboard();
    review.button("Edit").focus();
    keyboard.press("Enter");
    assertThat(review.review("review.shadowRoot.activeElement.value")).isEqualTo("240");
    keyboard.press("Control+A");
    keyboard.type("200");
    tabTo("radio");
    assertThat(review.review("review.shadowRoot.activeElement.value")).isEqualTo("edit");
    keyboard.press("Tab");
    keyboard.type("half came back");

    assertThat(review.message()).isEqualTo("null");
    assertThat(Requests.json(review.value().get("parameters").textValue()).get("amount").intValue())
        .isEqualTo(200);
  }

  private void tabTo(String type) {
    for (int i = 0; i < 20; i++) {
      review.page().keyboard().press("Tab");
      if (type.equals(review.review("review.shadowRoot.activeElement?.type"))) {
        return;
      }
    }
    throw new AssertionError("no field of type " + type + " is reached by the Tab key");
  }

  @Test
  void locksTheDecisionUntilTheTaskIsClaimed() {
    server.answers(Requests.path(Requests.REFUND), 200, Requests.refund().toString());
    review.open("disabled");
    review.page().waitForSelector(".digest");

    assertThat(review.decision("approve").isDisabled()).isTrue();
    assertThat(review.message()).isEqualTo("Claim this task to decide.");
    review.review("review.removeAttribute('disabled')");
    assertThat(review.decision("approve").isEnabled()).isTrue();
  }

  @Test
  void showsWhatWasDecidedAndAsksNothingMore() {
    review.show(AssetServer.resource("/ui/decided.json"));

    assertThat(review.find(".decided").textContent())
        .contains("Approved with edits", "by rita", "310.00EUR155.00EUR", "refunded before");
    assertThat(review.find(".vote").textContent()).contains("rita", "edit");
    assertThat(review.find("input[type=radio]").count()).isZero();
    assertThat(review.message()).isEqualTo("There is nothing left to decide here.");
  }

  @ParameterizedTest
  @CsvSource({
    "401, You are signed out, Sign in again",
    "302, You are signed out, Sign in again",
    "404, Not found, Try again",
    "500, Something went wrong, Try again"
  })
  void explainsWhyNothingIsShown(int status, String title, String button) {
    server.answers(Requests.path(Requests.REFUND), status, "{\"detail\": \"It broke.\"}");
    review.open();

    assertThat(review.find(".failure strong").textContent()).isEqualTo(title);
    assertThat(review.button(button).isVisible()).isTrue();
  }

  @Test
  void triesAgainWhenTheConnectionIsBack() {
    server.answers(Requests.path(Requests.REFUND), 200, Requests.refund().toString());
    review.page().route("**/api/**", route -> route.abort());
    review.open();
    assertThat(review.find(".failure strong").textContent()).isEqualTo("No connection");

    review.page().unroute("**/api/**");
    review.button("Try again").click();

    review.page().waitForSelector(".digest");
    assertThat(review.find("h2").textContent()).contains("240.00");
  }
}
