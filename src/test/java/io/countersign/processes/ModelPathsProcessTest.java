package io.countersign.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way through every shipped model; in the end every sequence flow has been taken. */
class ModelPathsProcessTest {

  private static final ScriptedBeans BEANS = new ScriptedBeans();
  private static final List<String> CHAINS =
      List.of(
          "approve-action",
          "approve-refund",
          "amend-contract",
          "approve-in-stages",
          "publish-post");
  private static final Map<String, String> ENDS =
      Map.of(
          "approved", "EndEvent_Approved",
          "approved_with_edits", "EndEvent_ApprovedWithEdits",
          "rejected", "EndEvent_Rejected",
          "revision_requested", "EndEvent_RevisionRequested",
          "answered", "EndEvent_Answered",
          "withdrawn", "EndEvent_Withdrawn",
          "expired", "EndEvent_Expired");

  private static ModelEngine models;

  @BeforeAll
  static void startEngine() throws Exception {
    models = ModelEngine.start(BEANS.asMap());
  }

  @AfterAll
  static void showCoverage() throws Exception {
    System.out.println(models.coverage().report());
    try {
      assertThat(models.coverage().untaken()).as("flows that no test takes").isEmpty();
    } finally {
      models.close();
    }
  }

  @BeforeEach
  void setTime() {
    BEANS.reset();
    models.setTime(ScriptedBeans.OPENED);
  }

  @AfterEach
  void clear() {
    models.clear();
  }

  static Stream<Arguments> everyOutcomeOfEveryChain() {
    return CHAINS.stream()
        .flatMap(chain -> ENDS.keySet().stream().map(outcome -> Arguments.of(chain, outcome)));
  }

  @ParameterizedTest
  @MethodSource("everyOutcomeOfEveryChain")
  void endsEachChainAsItWasDecided(String chain, String outcome) {
    BEANS.outcome = outcome;
    BEANS.notOwed.add("pre-check");
    BEANS.next.add(List.of("review"));
    ProcessInstance instance = start(chain);

    decideAll();

    assertThat(models.endsReached(instance.getId())).contains(ENDS.get(outcome));
    assertThat(BEANS.steps).endsWith("concludeRequest", "handBackDecision");
    assertThat(models.dueDates()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("chains")
  void closesEveryStageOnceOneIsStopped(String chain) {
    BEANS.outcome = "rejected";
    BEANS.said.add("stop");
    BEANS.notOwed.add("pre-check");
    BEANS.next.add(List.of("legal", "finance"));
    ProcessInstance instance = start(chain);

    complete(tasks().get(0));

    assertThat(tasks()).isEmpty();
    assertThat(models.endsReached(instance.getId())).containsExactly("EndEvent_Rejected");
  }

  static List<String> chains() {
    return CHAINS;
  }

  @Test
  void asksFinanceOnlyWhereItIsOwed() {
    BEANS.notOwed.add("finance");
    ProcessInstance instance = start("approve-refund");

    decideAll();

    assertThat(BEANS.steps).containsOnlyOnce("openStage");
    assertThat(models.endsReached(instance.getId())).contains("EndEvent_Approved");
  }

  @ParameterizedTest
  @MethodSource("chainsThatLoop")
  void asksAgainAfterAnEdit(String chain) {
    BEANS.roundsMore = 1;
    BEANS.next.add(List.of("review"));
    BEANS.next.add(List.of("review", "finance"));
    ProcessInstance instance = start(chain);

    decideAll();

    assertThat(BEANS.steps.stream().filter("openStage"::equals).count()).isGreaterThan(2);
    assertThat(models.endsReached(instance.getId())).contains("EndEvent_Approved");
  }

  static List<String> chainsThatLoop() {
    return List.of("approve-refund", "amend-contract", "approve-in-stages");
  }

  @Test
  void passesAStageThatIsNotOwed() {
    BEANS.notOwed.add("review");
    ProcessInstance stage = start("review-stage");

    assertThat(models.endsReached(stage.getId())).containsExactly("EndEvent_StageNotOwed");
  }

  @Test
  void asksTheAgentAndThenThePersonAgain() {
    BEANS.said.addAll(List.of("question", "others", "decided"));
    ProcessInstance stage = start("review-stage");
    complete(tasks().get(0));
    assertThat(tasks()).isEmpty();
    assertThat(models.dueDates()).as("one clock").containsExactly(ScriptedBeans.ANSWER_DUE);

    tell(stage, "information-given");
    complete(tasks().get(0));
    complete(tasks().get(0));

    assertThat(BEANS.steps)
        .containsExactly("openStage", "requestInformation", "offerStage", "offerStage");
    assertThat(models.endsReached(stage.getId())).containsExactly("EndEvent_StageDecided");
  }

  @Test
  void givesTheReviewBackWhenTheAgentStaysSilent() {
    BEANS.said.addAll(List.of("question", "decided"));
    ProcessInstance stage = start("review-stage");
    complete(tasks().get(0));

    runAt(ScriptedBeans.ANSWER_DUE);

    assertThat(BEANS.steps).endsWith("requestInformation", "noteMissingAnswer", "offerStage");
    complete(tasks().get(0));
    assertThat(models.endsReached(stage.getId())).containsExactly("EndEvent_StageDecided");
  }

  @Test
  void expiresAStageAtItsDeadline() {
    ProcessInstance stage = start("review-stage");
    runAt(ScriptedBeans.NUDGE);
    BEANS.escalationDue = true;
    ProcessInstance other = start("review-stage");
    runAt(ScriptedBeans.NUDGE.plusSeconds(1));

    runAt(ScriptedBeans.DEADLINE);

    assertThat(BEANS.steps).contains("remindReviewers", "escalateStage", "expireStage");
    assertThat(models.endsReached(stage.getId())).contains("EndEvent_StageExpired");
    assertThat(models.endsReached(other.getId())).contains("EndEvent_StageExpired");
  }

  @Test
  void endsAStageWhenItsRequestIsWithdrawn() {
    ProcessInstance stage = start("review-stage");

    tell(stage, "request-withdrawn");

    assertThat(tasks()).isEmpty();
    assertThat(models.endsReached(stage.getId())).containsExactly("EndEvent_StageWithdrawn");
    assertThat(models.dueDates()).isEmpty();
  }

  @Test
  void asksPeopleAfterTheAdviceOfAService() {
    ProcessInstance chain = start("publish-post");
    assertThat(tasks()).isEmpty();
    ProcessInstance advice =
        runtime().createProcessInstanceQuery().processDefinitionKey("ai-review").singleResult();

    tell(advice, "verdict-given");
    decideAll();

    assertThat(models.endsReached(advice.getId())).containsExactly("EndEvent_VerdictGiven");
    assertThat(BEANS.steps)
        .containsExactly("askReviewerService", "openStage", "concludeRequest", "handBackDecision");
    assertThat(models.endsReached(chain.getId())).contains("EndEvent_Approved");
  }

  @Test
  void endsTheChainAtAVeto() {
    BEANS.outcome = "rejected";
    BEANS.said.add("stop");
    ProcessInstance chain = start("publish-post");

    tell(
        runtime().createProcessInstanceQuery().processDefinitionKey("ai-review").singleResult(),
        "verdict-given");

    assertThat(tasks()).isEmpty();
    assertThat(BEANS.steps).doesNotContain("openStage");
    assertThat(models.endsReached(chain.getId())).containsExactly("EndEvent_Rejected");
  }

  @Test
  void goesOnWithoutAServiceThatStaysSilent() {
    ProcessInstance advice = start("ai-review");

    runAt(ScriptedBeans.DEADLINE);

    assertThat(BEANS.steps).containsExactly("askReviewerService", "noteMissingVerdict");
    assertThat(models.endsReached(advice.getId())).containsExactly("EndEvent_VerdictMissing");
  }

  @Test
  void passesAServiceThatIsNotOwed() {
    BEANS.notOwed.add("review");
    ProcessInstance advice = start("ai-review");

    assertThat(models.endsReached(advice.getId())).containsExactly("EndEvent_StageNotOwed");
  }

  @Test
  void endsTheWaitForAServiceWhenItsRequestIsWithdrawn() {
    ProcessInstance advice = start("ai-review");

    tell(advice, "request-withdrawn");

    assertThat(models.endsReached(advice.getId())).containsExactly("EndEvent_StageWithdrawn");
    assertThat(models.dueDates()).isEmpty();
  }

  @Test
  void letsAnApprovalStandWhenNobodyObjects() {
    ProcessInstance window = start("objection-window");

    runAt(ScriptedBeans.DEADLINE);

    assertThat(BEANS.steps).containsExactly("openWindow", "closeWindow");
    assertThat(models.endsReached(window.getId())).containsExactly("EndEvent_WindowClosed");
  }

  @Test
  void asksForTheRollbackOfWhatIsCalledBack() {
    ProcessInstance window = start("objection-window");
    complete(tasks().get(0));
    assertThat(BEANS.steps).containsExactly("openWindow", "revokeApproval", "askForRollback");

    tell(window, "rollback-reported");

    assertThat(models.endsReached(window.getId())).containsExactly("EndEvent_RolledBack");
  }

  @Test
  void alertsOperatorsWhenNoRollbackIsReported() {
    ProcessInstance window = start("objection-window");
    complete(tasks().get(0));

    runAt(ScriptedBeans.ANSWER_DUE);

    assertThat(BEANS.steps).endsWith("askForRollback", "alertMissingRollback");
    assertThat(models.endsReached(window.getId())).containsExactly("EndEvent_RollbackMissing");
  }

  private static ProcessInstance start(String model) {
    return runtime()
        .startProcessInstanceByKey(model, "apr_1", Map.of("requestId", "apr_1", "stage", "review"));
  }

  private static void decideAll() {
    for (List<Task> open = tasks(); !open.isEmpty(); open = tasks()) {
      complete(open.get(0));
    }
  }

  private static void complete(Task task) {
    taskService().complete(task.getId());
  }

  private static List<Task> tasks() {
    return taskService().createTaskQuery().orderByTaskCreateTime().asc().list();
  }

  private static void tell(ProcessInstance instance, String message) {
    runtime().createMessageCorrelation(message).processInstanceId(instance.getId()).correlate();
  }

  private static void runAt(java.time.Instant now) {
    models.setTime(now);
    models.runDueJobs();
  }

  private static RuntimeService runtime() {
    return models.engine().getRuntimeService();
  }

  private static TaskService taskService() {
    return models.engine().getTaskService();
  }
}
