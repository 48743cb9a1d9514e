package io.countersign.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApproveActionProcessTest {

  private static final Instant OPENED = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant DEADLINE = Instant.parse("2026-03-02T13:00:00Z");

  private static final StandIns BEANS = new StandIns();
  private static ModelEngine models;

  @BeforeAll
  static void startEngine() throws Exception {
    models = ModelEngine.start(BEANS.asMap());
  }

  @AfterAll
  static void stopEngine() throws Exception {
    models.close();
  }

  @BeforeEach
  void setTime() {
    models.setTime(OPENED);
    BEANS.steps.clear();
    BEANS.outcome = Optional.empty();
  }

  @AfterEach
  void clear() {
    models.clear();
  }

  @ParameterizedTest
  @CsvSource({
    "approved, EndEvent_Approved",
    "approved_with_edits, EndEvent_ApprovedWithEdits",
    "rejected, EndEvent_Rejected",
    "revision_requested, EndEvent_RevisionRequested",
    "answered, EndEvent_Answered",
    "withdrawn, EndEvent_Withdrawn",
    "expired, EndEvent_Expired",
    "an_outcome_this_chain_does_not_know, EndEvent_Expired"
  })
  void endsAsDecidedInTheTransactionThatCompletesTheTask(String outcome, String end) {
    BEANS.outcome = Optional.of(outcome);
    ProcessInstance chain = startChain();

    completeReview();

    assertThat(models.endsReached(chain.getId())).containsExactly(end);
    assertThat(BEANS.steps).containsExactly("openStage", "concludeRequest", "handBackDecision");
    assertThat(models.dueDates()).isEmpty();
  }

  @Test
  void refusesTheDecisionWhenTheOutcomeIsMissing() {
    ProcessInstance chain = startChain();

    assertThatThrownBy(ApproveActionProcessTest::completeReview)
        .isInstanceOf(ProcessEngineException.class)
        .hasMessageContaining("outcome");

    assertThat(models.endsReached(chain.getId())).isEmpty();
    assertThat(models.engine().getTaskService().createTaskQuery().count()).isEqualTo(1);
  }

  @Test
  void endsExpiredWhenNobodyDecides() {
    BEANS.outcome = Optional.of("expired");
    ProcessInstance chain = startChain();

    models.setTime(DEADLINE);
    models.runDueJobs();

    assertThat(models.endsReached(chain.getId())).containsExactly("EndEvent_Expired");
    assertThat(BEANS.steps)
        .containsExactly("openStage", "expireStage", "concludeRequest", "handBackDecision");
  }

  @Test
  void handsTheStageItsRequestItsNameAndTheBusinessKeyOnly() {
    ProcessInstance chain = startChain();
    var runtime = models.engine().getRuntimeService();

    ProcessInstance stage =
        runtime.createProcessInstanceQuery().superProcessInstanceId(chain.getId()).singleResult();

    assertThat(stage.getBusinessKey()).isEqualTo("apr_1");
    assertThat(runtime.getVariables(stage.getId()))
        .containsEntry("requestId", "apr_1")
        .containsEntry("stage", "review")
        .doesNotContainKey("secret");
  }

  private static ProcessInstance startChain() {
    return models
        .engine()
        .getRuntimeService()
        .startProcessInstanceByKey(
            "approve-action", "apr_1", Map.of("requestId", "apr_1", "secret", "not passed on"));
  }

  private static void completeReview() {
    var tasks = models.engine().getTaskService();
    tasks.complete(tasks.createTaskQuery().singleResult().getId());
  }

  /** Public because the engine's expressions call it by reflection. */
  public static final class StandIns {

    private final List<String> steps = new ArrayList<>();
    private Optional<String> outcome = Optional.empty();

    private Map<Object, Object> asMap() {
      JavaDelegate open =
          execution -> {
            steps.add("openStage");
            execution.setVariable("role", "finance-approver");
            execution.setVariable("deadline", Date.from(DEADLINE));
            execution.setVariable("actionTitle", "Refund an order");
            execution.setVariable("assignee", null);
            execution.setVariable("priority", 50);
          };
      JavaDelegate expire = execution -> steps.add("expireStage");
      JavaDelegate conclude =
          execution -> {
            steps.add("concludeRequest");
            outcome.ifPresent(value -> execution.setVariable("outcome", value));
          };
      JavaDelegate handBack = execution -> steps.add("handBackDecision");
      return Map.of(
          "openStage", open,
          "expireStage", expire,
          "concludeRequest", conclude,
          "handBackDecision", handBack,
          "stageClock", this,
          "stageState", this);
    }

    public boolean isSettled(DelegateExecution execution) {
      return false;
    }

    public boolean letsGoOn(DelegateExecution execution) {
      return true;
    }

    public boolean awaitsInformation(DelegateExecution execution) {
      return false;
    }

    public boolean isOpen(DelegateExecution execution) {
      return false;
    }

    public String nudges(DelegateExecution execution) {
      return "R/" + DEADLINE.plusSeconds(60) + "/PT1H";
    }
  }
}
