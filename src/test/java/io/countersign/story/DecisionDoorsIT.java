package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same rules hold for a decision, whichever door it comes through. */
class DecisionDoorsIT {

  private static final int FORBIDDEN = 403;

  private final Story story = Story.shared();

  /**
   * Something that is no acceptable decision, the answer of our doors, and words of the sentence.
   */
  private record Fault(String name, Consumer<ObjectNode> make, int ours, String words) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Fault fault(String name, int ours, String words, Consumer<ObjectNode> make) {
    return new Fault(name, make, ours, words);
  }

  private static Consumer<ObjectNode> edit(Consumer<ObjectNode> parameters) {
    return decision -> {
      ObjectNode edited = Proposals.refundParameters("240.00");
      parameters.accept(edited);
      decision.put("decision", "edit").put("reason", "too much").set("parameters", edited);
    };
  }

  private static Stream<Fault> faults() {
    return Stream.of(
        fault("no decision", 422, "decision", it -> it.remove("decision")),
        fault("another decision", 422, "expected one of", it -> it.put("decision", "maybe")),
        fault("a decision of another type", 422, "decision", it -> it.put("decision", 1)),
        fault("no digest", 422, "digest of what was shown", it -> it.remove("actionDigest")),
        fault("half a digest", 422, "digest", it -> it.put("actionDigest", "sha-256:00ff")),
        fault(
            "the digest of something else",
            409,
            "not what is stored",
            it -> it.put("actionDigest", "sha-256:" + "0f".repeat(32))),
        fault("a rejection without reason", 422, "reason", it -> it.put("decision", "reject")),
        fault(
            "a rejection with a blank reason",
            422,
            "expected a reason",
            it -> it.put("decision", "reject").put("reason", " \n\t ")),
        fault(
            "a reason of a novel's length",
            422,
            "at most 4000",
            it -> it.put("reason", "x".repeat(4_001))),
        fault(
            "an approval with parameters",
            422,
            "with an edit only",
            it -> it.set("parameters", Proposals.refundParameters("1.00"))),
        fault(
            "an edit without parameters",
            422,
            "whole edited parameters",
            it -> it.put("decision", "edit").put("reason", "too much")),
        fault(
            "an edit without reason",
            422,
            "reason",
            it -> {
              edit(p -> p.put("amount", "200.00")).accept(it);
              it.remove("reason");
            }),
        fault("an edit that changes nothing", 422, "nothing was changed", edit(p -> {})),
        fault(
            "an edit that does not fit the schema",
            422,
            "/amount",
            edit(p -> p.put("amount", "200"))),
        fault("an edit of another type", 422, "/amount", edit(p -> p.put("amount", 200))),
        fault(
            "an edit that leaves a parameter out",
            422,
            "currency",
            edit(p -> p.remove("currency"))),
        fault(
            "an edit with an undeclared parameter",
            422,
            "expected only the fields orderId, amount, currency",
            edit(p -> p.put("amount", "200.00").put("bonus", "1.00"))),
        fault(
            "an edit that is too big",
            422,
            "parameters",
            edit(p -> p.put("orderId", "1".repeat(66_000)))),
        fault(
            "an edit that is text",
            422,
            "parameters",
            it -> it.put("decision", "edit").put("reason", "r").put("parameters", "all of it")),
        fault(
            "a question without one",
            422,
            "question: expected with ask",
            it -> it.put("decision", "ask")),
        fault(
            "a role that decides nothing",
            422,
            "role: expected one of",
            it -> it.put("decision", "redirect").put("role", "auditor")),
        fault(
            "a choice where nothing is to choose",
            422,
            "decision: expected one of",
            it -> it.put("decision", "choose").put("option", "a")),
        fault("a verdict of a machine", 422, "decision", it -> it.put("decision", "pass")),
        fault("something unknown", 422, "expected only", it -> it.put("outcome", "approved")));
  }

  private static Stream<Arguments> faultsAtEachDoor() {
    return Stream.of(Door.values())
        .flatMap(door -> faults().map(fault -> Arguments.of(door, fault)));
  }

  @ParameterizedTest
  @MethodSource("faultsAtEachDoor")
  void refusesWhatIsNoAcceptableDecisionAndRecordsNothing(Door door, Fault fault) {
    var request = story.proposeRefund("240.00");
    var task = claimedBy("rita", request);
    ObjectNode decision = approval(request);
    fault.make().accept(decision);

    var answer = door.decide(story, "rita", request, task, decision);

    assertThat(answer.statusCode())
        .as(answer.body())
        .isEqualTo(door.isTheEngines() ? 400 : fault.ours());
    assertThat(sentence(answer)).contains(fault.words()).doesNotContain("Exception", "null");
    isStillOpen(request);
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void takesTheSameDecisionOnceItIsAcceptable(Door door) {
    var request = story.proposeRefund("240.00");
    var task = claimedBy("rita", request);
    ObjectNode decision = approval(request);
    edit(p -> p.put("amount", "200.00")).accept(decision);

    assertThat(door.decide(story, "rita", request, task, decision).statusCode()).isIn(200, 204);

    var now = story.now(request);
    assertThat(now.get("status").asText()).isEqualTo("approved_with_edits");
    assertThat(now.at("/decision/parameters")).isEqualTo(Proposals.refundParameters("200.00"));
    assertThat(story.rows("vote", request)).isOne();
    assertThat(story.rows("delivery", request)).isOne();
    assertThat(story.tasks(request)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void refusesWhoeverHasNotTheRole(Door door) {
    var request = story.proposeRefund("240.00");
    var task = story.task(request);
    for (var person :
        new String[] {"sam", "fiona", "leo", "petra", "mona", "axel", "dora", "otto"}) {
      var answer = door.decide(story, person, request, task, approval(request));
      // What somebody may not read does not exist for them.
      boolean reads = door.isTheEngines() || person.equals("mona") || person.equals("axel");
      assertThat(answer.statusCode()).as(person + answer.body()).isEqualTo(reads ? FORBIDDEN : 404);
    }
    isStillOpen(request);
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void refusesADecisionOnWhatAnotherHasClaimed(Door door) {
    var request = story.proposeRefund("240.00");
    var task = claimedBy("raj", request);

    var answer = door.decide(story, "rita", request, task, approval(request));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(door.isTheEngines() ? 400 : 409);
    assertThat(sentence(answer)).contains("Somebody else has claimed this review.");
    isStillOpen(request);
  }

  @ParameterizedTest
  @EnumSource(names = {"TASKLIST_FORM", "TASK_COMPLETION"})
  void asksToClaimFirstInTasklist(Door door) {
    var request = story.proposeRefund("240.00");

    var answer = door.decide(story, "rita", request, story.task(request), approval(request));

    assertThat(answer.statusCode()).isEqualTo(FORBIDDEN);
    assertThat(sentence(answer)).contains("Claim this review before you decide it.");
    isStillOpen(request);
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void keepsPeopleFromDecidingWhatIsDoneForThem(Door door) {
    ObjectNode own = Proposals.refund("240.00", 0.72).put("onBehalfOf", "rita");
    var request = story.propose("billing-agent", own);
    var task = story.task(request);
    assertThat(Door.claim(story.session("rita"), "rita", task).statusCode()).isEqualTo(FORBIDDEN);

    var answer = door.decide(story, "rita", request, task, approval(request));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(FORBIDDEN);
    assertThat(sentence(answer)).contains("somebody else has to decide");
    isStillOpen(request);
    claimedBy("raj", request);
    assertThat(door.decide(story, "raj", request, task, approval(request)).statusCode())
        .isIn(200, 204);
  }

  @Test
  void takesNoDecisionFromAnyAgent() {
    var request = story.proposeRefund("240.00");
    var task = story.task(request);
    for (var client : new String[] {"billing-agent", "publishing-agent", "action-executor"}) {
      var visitor = story.application().agent(client);
      assertThat(visitor.post(Story.path(request) + "/decisions", approval(request)).statusCode())
          .as(client)
          .isIn(FORBIDDEN, 404);
      for (var way : new String[] {"complete", "submit-form", "claim"}) {
        var variables = Door.variables(approval(request));
        assertThat(visitor.post(Door.ENGINE + "/task/" + task + "/" + way, variables).statusCode())
            .isEqualTo(401);
        assertThat(visitor.post("/engine-rest/task/" + task + "/" + way, variables).statusCode())
            .isEqualTo(FORBIDDEN);
      }
    }
    isStillOpen(request);
  }

  @Test
  void keepsTheEnginesRestInterfaceClosedToReviewersAndItsDecisionsToOperators() {
    var request = story.proposeRefund("240.00");
    var task = claimedBy("rita", request);
    var path = "/engine-rest/task/" + task + "/complete";
    var variables = Door.variables(approval(request));

    assertThat(story.application().anybody().post(path, variables).statusCode()).isEqualTo(401);
    assertThat(story.session("rita").post(path, variables).statusCode()).isEqualTo(401);
    assertThat(story.application().commandLine("rita").post(path, variables).statusCode())
        .isEqualTo(FORBIDDEN);
    assertThat(story.application().commandLine("otto").post(path, variables).statusCode())
        .isEqualTo(FORBIDDEN);
    isStillOpen(request);
  }

  @Test
  void asksASignedInPageForTheTokenAgainstForgery() {
    var request = story.proposeRefund("240.00");
    var path = Story.path(request) + "/decisions";

    var forged =
        story.session("rita").post(path, approval(request), Map.of("X-COUNTERSIGN-XSRF", ""));

    assertThat(forged.statusCode()).isEqualTo(FORBIDDEN);
    isStillOpen(request);
  }

  @Test
  void letsTheSamePersonRepeatTheSameDecisionOnly() {
    var request = story.proposeRefund("240.00");
    ObjectNode approval = approval(request);
    ObjectNode rejection = approval(request).put("decision", "reject").put("reason", "no");
    var task = story.task(request);

    assertThat(Door.COMMAND_LINE.decide(story, "rita", request, task, approval).statusCode())
        .isEqualTo(200);
    var version = story.now(request).get("version");
    assertThat(Door.COMMAND_LINE.decide(story, "rita", request, task, approval).statusCode())
        .isEqualTo(200);
    assertThat(Door.PAGE.decide(story, "rita", request, task, approval).statusCode())
        .isEqualTo(200);
    for (var door : Door.values()) {
      int refused = door.isTheEngines() ? 400 : 409;
      var other = door.decide(story, "rita", request, task, rejection);
      assertThat(other.statusCode()).as(other.body()).isEqualTo(refused);
      var late = door.decide(story, "raj", request, task, approval);
      assertThat(late.statusCode()).as(late.body()).isEqualTo(refused);
      assertThat(sentence(late)).doesNotContain("Exception", "null").endsWith(".");
    }

    assertThat(story.now(request).get("version")).isEqualTo(version);
    assertThat(story.now(request).get("status").asText()).isEqualTo("approved");
    assertThat(story.rows("vote", request)).isOne();
    assertThat(story.rows("delivery", request)).isOne();
  }

  @Test
  void letsNoVariableOfACompletionReachTheProcess() {
    var request = story.proposeRefundToReject("240.00");
    var other = story.proposeRefund("90.00");
    var task = claimedBy("rita", request);
    Task open = story.tasks(request).get(0);
    var before = variables(open.getProcessInstanceId());
    for (var name : new String[] {"requestId", "outcome", "stage", "role", "deadline", "amount"}) {
      ObjectNode smuggled = approval(request).put(name, Story.id(other));
      for (var door : new Door[] {Door.TASKLIST_FORM, Door.TASK_COMPLETION}) {
        assertThat(door.decide(story, "rita", request, task, smuggled).statusCode())
            .as(name)
            .isEqualTo(400);
      }
    }
    assertThat(variables(open.getProcessInstanceId())).isEqualTo(before);

    ObjectNode rejection =
        Door.variables(approval(request).put("decision", "reject").put("reason", "no"))
            .put("withVariablesInReturn", true);
    var done = story.session("rita").post(Door.ENGINE + "/task/" + task + "/complete", rejection);

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(done.body()).doesNotContain("\"reject\"", "actionDigest", "\"reason\"");
    assertThat(story.now(request).get("status").asText()).isEqualTo("rejected");
    isStillOpen(other);
  }

  private Map<String, Object> variables(String instance) {
    return story.application().bean(RuntimeService.class).getVariables(instance);
  }

  private static ObjectNode approval(JsonNode request) {
    return Proposals.JSON
        .createObjectNode()
        .put("decision", "approve")
        .put("actionDigest", request.get("actionDigest").asText());
  }

  private String claimedBy(String person, JsonNode request) {
    var task = story.task(request);
    var claimed = Door.claim(story.session(person), person, task);
    assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(204);
    return task;
  }

  /** What a person is told: the problem's detail and fields, or the engine's message. */
  private static String sentence(HttpResponse<String> answer) {
    JsonNode body = Story.json(answer);
    if (body.has("message")) {
      return body.get("message").asText();
    }
    return String.join(" ", body.findValuesAsText("detail"));
  }

  private void isStillOpen(JsonNode request) {
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
    assertThat(story.rows("vote", request)).isZero();
    assertThat(story.rows("delivery", request)).isZero();
    assertThat(story.tasks(request)).hasSize(1);
  }
}
