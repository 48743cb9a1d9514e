package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.countersign.delivery.Receiver.Received;
import io.countersign.testing.OutsideReceivers;
import io.countersign.ui.Chromium;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The story that Countersign exists for, with a real browser and receivers that are not ours. */
@Timeout(300)
class RefundStoryIT {

  private static final String REASON = "One charge was half refunded by phone already.";
  private static final Duration A_MOMENT = Duration.ofSeconds(5);

  private static Story story;
  private static Chromium chromium;

  /** An answer, and when it came. */
  private record Answered(JsonNode request, Instant at) {}

  @BeforeAll
  static void start() {
    story = Story.start(Map.of());
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    story.close();
  }

  @Test
  void takesARefundFromTheAgentToAPersonAndBack() throws Exception {
    JsonNode request = story.propose("billing-agent", Proposals.sample("01-refund-240"));
    assertThat(request.get("status").asText()).isEqualTo("pending");
    CompletableFuture<Answered> agent = CompletableFuture.supplyAsync(() -> waitFor(request));

    try (Screen rita = new Screen(chromium.browser(), story.application())) {
      rita.signIn("/camunda/app/tasklist/default/", "rita");
      opensTheReviewFromHerList(rita);
      editsAndCompletes(rita, agent);
    }

    Answered answered = agent.get(30, TimeUnit.SECONDS);
    isTheEditedApproval(answered.request());
    cameWithinAMoment(answered);
    Received webhook = story.receiver().next();
    tellsTheSame(webhook, request);
    isVerifiedByOthers(webhook, answered.request());
    showsTheReasonInCockpit();
  }

  /** As an agent does it: asks, waits, and asks again when the time was over. */
  private static Answered waitFor(JsonNode request) {
    while (true) {
      var answer =
          story.application().agent("billing-agent").get(Story.path(request) + "?wait=25s");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode now = Story.json(answer);
      if (!now.get("status").asText().equals("pending")) {
        Instant told = Instant.now();
        assertThat(now.at("/decision/grantStatus").asText()).isIn("awaiting_proof", "ready");
        return new Answered(story.now(request), told);
      }
    }
  }

  private static void opensTheReviewFromHerList(Screen rita) {
    Locator task = rita.page().getByText("Review: Refund a customer").first();
    task.waitFor();
    assertThat(rita.find("body").innerText()).contains("My roles");
    rita.keepReloaded("1-list", "text=Review: Refund a customer");
    task.click();
    rita.review().locator(".digest").waitFor();
    assertThat(rita.reviewText())
        .contains("Refund 240.00 EUR for order 10428")
        .contains("The money leaves at once and cannot be called back.")
        .contains("240.00")
        .contains("0.72")
        .contains("billing-agent")
        .contains("The customer was charged twice for order 10428")
        .contains("The second charge may be a separate order")
        .contains("One of the two charges of 240.00 EUR is returned");
    assertThat(rita.review().locator("input[type=radio]").first().isDisabled()).isTrue();
    rita.button("Claim").click();
    rita.page()
        .waitForCondition(() -> rita.review().locator("input[type=radio]").first().isEnabled());
    rita.keepReloaded("2-form", ".digest");
  }

  private static void editsAndCompletes(Screen rita, CompletableFuture<Answered> agent) {
    rita.review().locator("input[type=radio][value=edit]").check();
    Locator amount =
        rita.review().getByLabel("Amount", new Locator.GetByLabelOptions().setExact(true));
    assertThat(amount.inputValue()).isEqualTo("240.00");
    amount.fill("200.00");
    rita.review().locator(".reason textarea").fill(REASON);
    rita.keep("3-edit");
    assertThat(agent).isNotDone();
    rita.button("Complete").click();
    rita.page()
        .getByText("Review: Refund a customer")
        .first()
        .waitFor(
            new Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
  }

  private static void isTheEditedApproval(JsonNode request) {
    assertThat(request.get("status").asText()).isEqualTo("approved_with_edits");
    JsonNode decision = request.get("decision");
    assertThat(decision.get("outcome").asText()).isEqualTo("approved_with_edits");
    assertThat(decision.get("parameters")).isEqualTo(Proposals.refundParameters("200.00"));
    assertThat(decision.get("changes"))
        .isEqualTo(
            Story.json("[{\"op\": \"replace\", \"path\": \"/amount\", \"value\": \"200.00\"}]"));
    assertThat(decision.get("reason").asText()).isEqualTo(REASON);
    assertThat(decision.get("decidedBy")).isEqualTo(Story.json("[\"rita\"]"));
    assertThat(decision.get("actionDigest")).isNotEqualTo(request.get("actionDigest"));
    assertThat(decision.get("grantStatus").asText()).isEqualTo("ready");
    assertThat(request.at("/parameters/amount").asText())
        .as("what was proposed")
        .isEqualTo("240.00");
  }

  private static void cameWithinAMoment(Answered answered) {
    Instant decided = Instant.parse(answered.request().at("/decision/decidedAt").asText());
    Duration after = Duration.between(decided, answered.at());
    System.getLogger("story")
        .log(System.Logger.Level.INFO, "from the decision to the answer: {0} ms", after.toMillis());
    assertThat(after).isLessThan(A_MOMENT);
  }

  private static void tellsTheSame(Received webhook, JsonNode request) {
    JsonNode told = Story.json(new String(webhook.body(), java.nio.charset.StandardCharsets.UTF_8));
    assertThat(told.get("type").asText()).isEqualTo("approval.decided");
    assertThat(told.at("/data/requestId").asText()).isEqualTo(Story.id(request));
    assertThat(told.at("/data/decision/parameters/amount").asText()).isEqualTo("200.00");
    assertThat(told.at("/data/decision/changes/0/path").asText()).isEqualTo("/amount");
    assertThat(told.at("/data/decision/reason").asText()).isEqualTo(REASON);
    assertThat(story.receiver().unseen()).isZero();
  }

  private static void isVerifiedByOthers(Received webhook, JsonNode answered) {
    ObjectNode given = Proposals.JSON.createObjectNode();
    given.put("secret", Story.SECRET).put("audience", "action-executor");
    given.put("issuer", story.application().url().toString());
    given.set("jwks", Story.json(story.application().anybody().get("/.well-known/jwks.json")));
    given.set("grant", answered.at("/decision/grant"));
    ObjectNode message = given.putObject("webhook");
    message.set("headers", Proposals.JSON.valueToTree(webhook.headers()));
    message.put("body", Base64.getEncoder().encodeToString(webhook.body()));

    JsonNode verified = OutsideReceivers.verify(given);

    assertThat(verified.get("v1").asBoolean()).isTrue();
    assertThat(verified.get("v1a").asBoolean()).isTrue();
    assertThat(verified.at("/grant/request")).isEqualTo(answered.get("id"));
    assertThat(verified.get("grant").toString())
        .contains(answered.at("/decision/actionDigest").asText());
  }

  private static void showsTheReasonInCockpit() {
    try (Screen mona = new Screen(chromium.browser(), story.application())) {
      mona.signIn("/camunda/app/cockpit/default/", "mona");
      mona.open("/camunda/app/cockpit/default/#/approvals");
      Locator row = mona.find("countersign-approvals tbody tr").first();
      row.waitFor();
      assertThat(row.innerText())
          .contains("Refund 240.00 EUR for order 10428", "billing-agent", "rita", REASON);
      mona.keep("4-history");
      row.locator("button.open").click();
      mona.page().getByText("200.00", new Page.GetByTextOptions()).first().waitFor();
      mona.keep("5-history-detail");
    }
  }
}
