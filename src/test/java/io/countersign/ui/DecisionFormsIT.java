package io.countersign.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionFormsIT {

  private static final String PROPOSED =
      "sha-256:5f2c7b1e9d0a4c8be3f6a1d27094b85ce61f3d7a0b2c4e8f9a1d3b5c7e9f0a12";

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

  @BeforeEach
  void show() {
    review.show(Requests.contested());
    review.find(".more summary").click();
  }

  private static ObjectNode expected(String decision) {
    return ((ObjectNode) Requests.json("{}"))
        .put("decision", decision)
        .put("actionDigest", PROPOSED)
        .put("stage", "legal");
  }

  @ParameterizedTest
  @CsvSource({"answer, .answer textarea, answer, The one of March.", "hand_on, .to input, to, raj"})
  void sendsWhatWasWrittenInTheFieldOfTheDecision(
      String decision, String field, String name, String text) {
    review.decision(decision).check();
    assertThat(review.message()).isNotEqualTo("null");

    review.find(field).fill("  " + text + " ");
    review.reason().fill("as agreed");

    assertThat(review.message()).isEqualTo("null");
    assertThat(review.value())
        .isEqualTo(expected(decision).put(name, text).put("reason", "as agreed"));
  }

  @Test
  void saysBeforeThatItTakesAFreshSignIn() {
    assertThat(review.find(".sign-in").count()).isZero();

    review.show(Requests.contested().put("signInWithinMinutes", 5));

    assertThat(review.find(".sign-in").innerText())
        .contains("takes a sign-in of the last 5 minutes", "Sign in again");
    assertThat(review.find(".sign-in a").getAttribute("href"))
        .isEqualTo("/review/" + Requests.REFUND + "/sign-in");
  }

  @Test
  void takesAReasonOverThatIsOftenGiven() {
    ObjectNode request = Requests.contested();
    request.withObject("/presentation").putArray("reasons").add("Not owed.").add("<b>Twice.</b>");
    review.show(request);
    review.decision("reject").check();

    review.find(".usual button").first().click();
    review.find(".usual button").last().click();

    assertThat(review.value())
        .isEqualTo(expected("reject").put("reason", "Not owed.\n<b>Twice.</b>"));
    assertThat(review.find(".usual b").count()).isZero();
  }

  @Test
  void asksTheAgentWithoutAReasonBesideTheQuestion() {
    review.decision("ask").check();
    assertThat(review.reason().isVisible()).isFalse();

    review.find(".question textarea").fill("Which lamp?");

    assertThat(review.value()).isEqualTo(expected("ask").put("question", "Which lamp?"));
  }

  @Test
  void redirectsToOneOfTheRolesThatDecide() {
    review.decision("redirect").check();
    assertThat(review.find(".role option").allTextContents())
        .containsExactly(
            "Choose a role",
            "reviewer",
            "senior-reviewer",
            "finance-approver",
            "legal-approver",
            "policy-owner");
    assertThat(review.message()).isEqualTo("Choose a role.");

    review.find(".role select").selectOption("finance-approver");

    assertThat(review.value())
        .isEqualTo(expected("redirect").put("role", "finance-approver").put("reason", ""));
  }

  @ParameterizedTest
  @CsvSource({"approve, ''", "return, ''", "revise, with the receipt", "reject, a fake"})
  void sendsNothingButTheReasonWithTheOthers(String decision, String reason) {
    review.decision(decision).check();
    assertThat(review.message().equals("null")).isEqualTo(reason.isEmpty());

    review.reason().fill(reason);

    assertThat(review.message()).isEqualTo("null");
    assertThat(review.value()).isEqualTo(expected(decision).put("reason", reason));
  }

  @Test
  void showsWhatEachOptionWouldChangeAndSendsItsId() {
    var options = review.find(".option");
    assertThat(options.nth(0).textContent()).contains("Pay half", "Amount240.00EUR120.00EUR");
    assertThat(options.nth(1).textContent())
        .contains("Send a voucher", "Nothing is carried out; the agent gets this as its answer.");

    review.find("[data-option=half]").check();

    assertThat(review.value())
        .isEqualTo(expected("choose").put("option", "half").put("reason", ""));
  }

  @Test
  void doesNotOfferAnOptionWhoseValuesNobodyInspected() {
    ObjectNode request = Requests.contested();
    ((ObjectNode) request.at("/options/0/parameters")).put("alsoPayTo", "DE89");
    review.show(request);

    assertThat(review.find(".option").first().textContent()).contains("Not inspected", "DE89");
    assertThat(review.find("[data-option=half]").isDisabled()).isTrue();
    assertThat(review.find("[data-option=voucher]").isEnabled()).isTrue();
  }

  @Test
  void forgetsWhatIsFoldedAwayAgain() {
    review.decision("return").check();

    review.find(".more summary").click();

    review.page().waitForCondition(() -> review.value().isNull());
    assertThat(review.message()).isEqualTo("Choose a decision.");
  }

  @Test
  void saysAtTheFieldThatATextIsTooLong() {
    review.decision("answer").check();
    review.find(".answer textarea").fill("x".repeat(4_001));

    assertThat(review.review("review.reportValidity()")).isEqualTo(false);

    assertThat(review.find(".answer .problem").textContent())
        .isEqualTo("At most 4,000 characters; these are 4,001.");
    assertThat(review.find(".answer textarea").getAttribute("aria-invalid")).isEqualTo("true");
  }

  @Test
  void showsARefusalAtTheFieldThatTheServerNames() {
    review.decision("hand_on").check();
    review.find(".to input").fill("nobody");

    review.review("review.showProblem('to: expected somebody who may decide this.', 'to')");

    assertThat(review.find(".to .problem").textContent())
        .isEqualTo("Expected somebody who may decide this.");
  }

  @Test
  void decidesTheStageThatTheTaskIsOf() {
    ObjectNode request = Requests.contested();
    request.putArray("mayDecide").add("legal").add("finance");
    review.show(request);
    review.decision("approve").check();
    assertThat(review.value().get("stage").textValue()).isEqualTo("legal");

    review.find(".turns select").selectOption("finance");
    review.decision("approve").check();

    assertThat(review.value().get("stage").textValue()).isEqualTo("finance");
  }

  @Test
  void asksNothingOfWhoIsNotAskedNow() {
    ObjectNode request = Requests.contested();
    request.putArray("mayDecide");
    review.show(request);

    assertThat(review.find("input[type=radio]").count()).isZero();
  }

  @Test
  void canBeDoneWithTheKeyboardAlone() {
    var keyboard = review.page().keyboard();
    review.show(Requests.contested());
    review.find(".more summary").focus();
    keyboard.press("Enter");
    keyboard.press("Tab");
    keyboard.press("Space");
    keyboard.press("Tab");
    keyboard.type("Which lamp?");

    assertThat(review.value()).isEqualTo(expected("ask").put("question", "Which lamp?"));
  }
}
