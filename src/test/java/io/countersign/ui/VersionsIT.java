package io.countersign.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsIT {

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
  void showsWhatAnEarlierReviewerMadeOfItAndSendsTheDigestOfThat() {
    review.show(Requests.edited());
    review.decision("approve").check();

    assertThat(review.find(".money").first().textContent()).isEqualTo("150.00EUR");
    assertThat(review.find(".edited").textContent())
        .contains("Amount240.00EUR150.00EUR", "fiona", "The shade is worth 90.00.");
    assertThat(review.value().get("actionDigest").textValue()).isEqualTo(Requests.EDITED_DIGEST);
    assertThat(review.find(".digest").textContent()).contains(Requests.EDITED_DIGEST);
  }

  @Test
  void editsTheVersionThatIsShown() {
    review.show(Requests.edited());
    review.button("Edit").click();
    review.field("Currency").selectOption("1");
    review.reason().fill("paid in dollars");

    assertThat(Requests.json(review.value().get("parameters").textValue()))
        .isEqualTo(
            Requests.json("{\"orderId\": \"A-10023\", \"amount\": 150, \"currency\": \"USD\"}"));
  }

  @Test
  void comparesAnOptionWithTheVersionThatIsShown() {
    review.show(Requests.edited());

    assertThat(review.find(".option").first().textContent()).contains("150.00EUR120.00EUR");
  }

  @Test
  void showsWhoIsAskedWhatTheySaidAndToWhomTheyLeftIt() {
    ObjectNode request = Requests.edited();
    ObjectNode legal = (ObjectNode) request.at("/stages/0");
    legal.put("status", "information_requested").put("quorum", 2).put("assignee", "leo");
    legal
        .putArray("handovers")
        .addObject()
        .put("by", "rita")
        .put("decision", "hand_on")
        .put("to", "leo")
        .put("reason", "He knows the customer.");

    review.show(request);

    assertThat(review.find(".stage").first().textContent())
        .contains("legal", "Waits for the agent", "legal-approver", "taken by leo")
        .contains("one of 2 different people who have to agree")
        .contains("rita handed it on: leo", "He knows the customer.");
    assertThat(review.find(".stage").nth(1).textContent())
        .contains("finance", "Decided", "fiona edited and approved");
  }

  @Test
  void saysThatAVoteWasForAnEarlierVersion() {
    ObjectNode request = Requests.edited();
    ((ObjectNode) request.at("/stages/1/votes/0")).put("actionDigest", "sha-256:" + "0".repeat(64));

    review.show(request);

    assertThat(review.find(".vote").textContent()).contains("An earlier version");
  }

  @Test
  void showsTheConversationWithTheAgentAndFencesItsAnswers() {
    ObjectNode request = Requests.contested();
    var questions = request.putArray("questions");
    questions
        .addObject()
        .put("by", "rita")
        .put("question", "Which lamp?")
        .put("status", "answered")
        .put("answer", "The <b>green</b> one.");
    questions.addObject().put("by", "leo").put("question", "When?").put("status", "unanswered");

    review.show(request);

    assertThat(review.find(".questions li").first().textContent()).contains("rita", "Which lamp?");
    assertThat(review.find(".questions .agents-answer").textContent())
        .isEqualTo("The agent's answer — unverifiedThe <b>green</b> one.");
    assertThat(review.find(".questions li").nth(1).textContent()).contains("no answer in time");
  }

  @Test
  void showsWhatIsDifferentSinceItWasSentBack() {
    ObjectNode request = Requests.contested();
    request.set(
        "revises",
        Requests.json(
            """
            {"id": "apr_01980000-0000-7000-8000-000000000111", "status": "revision_requested",
             "parameters": {"orderId": "A-10023", "amount": 300, "currency": "EUR"},
             "changes": [{"op": "replace", "path": "/amount", "value": 240}],
             "reason": "Leave out the postage.", "decidedBy": ["rita"]}
            """));

    review.show(request);

    assertThat(review.find(".earlier").textContent())
        .contains("Sent back by rita", "Leave out the postage.", "300.00EUR240.00EUR");
    assertThat(review.find(".earlier a").getAttribute("href"))
        .isEqualTo("/review/apr_01980000-0000-7000-8000-000000000111");
  }

  @Test
  void letsPeopleObjectToWhatPolicyApproved() {
    ObjectNode request = Requests.refund().put("status", "approved");
    request.putArray("decisions").addObject().put("decision", "reject").put("reasonRequired", true);
    request.putArray("mayDecide").add("objection");

    review.show(request);
    review.decision("reject").check();
    review.reason().fill("the wrong region");

    assertThat(review.find(".choice").textContent()).contains("Object", "called back");
    assertThat(review.find(".parameters").textContent()).contains("What was approved");
    assertThat(review.value().get("decision").textValue()).isEqualTo("reject");
    assertThat(review.value().get("stage").textValue()).isEqualTo("objection");
  }

  @ParameterizedTest
  @CsvSource({
    "revision_requested, Sent back, What to do differently",
    "answered, Answered, Reason",
    "withdrawn, Withdrawn by the agent, The agent's reason — unverified",
    "revoked, Revoked, Reason"
  })
  void saysHowItEnded(String status, String words, String title) {
    ObjectNode request = Requests.refund().put("status", status);
    request.putArray("decisions");
    request.putObject("decision").put("outcome", status).put("reason", "<i>because</i>");

    review.show(request);

    assertThat(review.find(".decided").textContent()).contains(words, title, "<i>because</i>");
  }
}
