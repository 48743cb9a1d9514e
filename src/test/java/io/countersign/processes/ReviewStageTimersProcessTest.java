package io.countersign.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.processes.ModelEngine.StandInFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReviewStageTimersProcessTest {

  private static final Instant OPENED = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant FIRST = after("PT5M");
  private static final Instant SECOND = after("PT30M");
  private static final Instant ESCALATION = after("PT2H");
  private static final Instant DEADLINE = after("PT4H");

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
  void openStage() {
    BEANS.reset();
    models.setTime(OPENED);
  }

  @AfterEach
  void clear() {
    models.clear();
  }

  @Test
  void nudgesAtExactlyTheTimesItsClockNames() {
    startStage();

    for (Instant due : List.of(FIRST, SECOND, ESCALATION)) {
      runAt(due.minusMillis(1));
      runAt(due);
    }
    runAt(DEADLINE.minusMillis(1));

    assertThat(BEANS.log)
        .containsExactly("remind " + FIRST, "remind " + SECOND, "escalate " + ESCALATION);
  }

  @Test
  void keepsTheNextTimeWhenANudgeFiredLate() {
    startStage();

    runAt(FIRST.plusSeconds(59));

    assertThat(models.dueDates()).containsExactly(SECOND, DEADLINE);
  }

  @Test
  void skipsWhatPassedWhileNobodyRanJobs() {
    startStage();

    runAt(SECOND.plusSeconds(1));

    assertThat(models.dueDates()).containsExactly(ESCALATION, DEADLINE);
    assertThat(BEANS.log).hasSize(1);
  }

  @Test
  void addsNoNudgeButTheRetryWhenAReminderFails() {
    BEANS.failsOnce = "remind";
    startStage();

    runAt(FIRST);
    assertThat(models.dueDates()).containsExactly(FIRST.plusSeconds(10), SECOND, DEADLINE);
    runAt(FIRST.plusSeconds(10));
    runAt(SECOND);
    runAt(ESCALATION);

    assertThat(BEANS.log)
        .containsExactly(
            "remind " + FIRST.plusSeconds(10), "remind " + SECOND, "escalate " + ESCALATION);
  }

  @Test
  void expiresByItsRetryWhenExpiringFails() {
    BEANS.failsOnce = "expire";
    ProcessInstance stage = startStage();

    runAt(DEADLINE);
    runAt(DEADLINE.plusSeconds(9));
    assertThat(models.endsReached(stage.getId())).doesNotContain("EndEvent_StageExpired");
    runAt(DEADLINE.plusSeconds(10));

    assertThat(models.endsReached(stage.getId())).endsWith("EndEvent_StageExpired");
  }

  @Test
  void expiresAtTheDeadlineAndLeavesNoTimerBehind() {
    ProcessInstance stage = startStage();
    runAt(FIRST);
    runAt(SECOND);
    runAt(ESCALATION);

    runAt(DEADLINE);

    assertThat(models.endsReached(stage.getId()))
        .containsExactly(
            "EndEvent_ReviewersReminded",
            "EndEvent_ReviewersReminded",
            "EndEvent_StageEscalated",
            "EndEvent_StageExpired");
    assertThat(models.dueDates()).isEmpty();
  }

  @Test
  void leavesNoTimerBehindWhenAPersonDecides() {
    ProcessInstance stage = startStage();
    var tasks = models.engine().getTaskService();
    var task = tasks.createTaskQuery().taskCandidateGroup("finance-approver").singleResult();

    assertThat(task.getName()).isEqualTo("Review: Refund an order");
    assertThat(task.getPriority()).isEqualTo(70);
    assertThat(task.getDueDate().toInstant()).isEqualTo(DEADLINE);
    tasks.complete(task.getId());

    assertThat(models.endsReached(stage.getId())).containsExactly("EndEvent_StageDecided");
    assertThat(models.dueDates()).isEmpty();
  }

  @Test
  void forgivesAClockThatIsBehindTheEngines() {
    BEANS.behind = Duration.ofSeconds(2);
    startStage();

    runAt(FIRST);
    assertThat(models.dueDates()).containsExactly(SECOND, DEADLINE);
    runAt(SECOND);

    assertThat(models.dueDates()).containsExactly(ESCALATION, DEADLINE);
  }

  /** Why the clock names instants: the engine counts a bare duration from when it fired. */
  @Test
  void wouldDriftIfTheClockNamedDurations() {
    BEANS.bareDurations = true;
    startStage();

    runAt(FIRST.plusSeconds(40));

    assertThat(models.dueDates())
        .containsExactly(FIRST.plusSeconds(40).plus(Duration.ofMinutes(25)), DEADLINE);
  }

  private static ProcessInstance startStage() {
    return models
        .engine()
        .getRuntimeService()
        .startProcessInstanceByKey("review-stage", Map.of("requestId", "apr_1", "stage", "review"));
  }

  private static void runAt(Instant now) {
    models.setTime(now);
    models.runDueJobs();
  }

  private static Instant after(String duration) {
    return OPENED.plus(Duration.parse(duration));
  }

  /** Public because the engine's expressions call it by reflection. */
  public static final class StandIns {

    private static final List<Instant> NUDGES = List.of(FIRST, SECOND, ESCALATION);

    private final List<String> log = new ArrayList<>();
    private String failsOnce = "";
    private boolean bareDurations;
    private Duration behind = Duration.ZERO;

    private void reset() {
      log.clear();
      failsOnce = "";
      bareDurations = false;
      behind = Duration.ZERO;
    }

    private Map<Object, Object> asMap() {
      JavaDelegate open = StandIns::open;
      JavaDelegate remind = execution -> note("remind");
      JavaDelegate escalate = execution -> note("escalate");
      JavaDelegate expire = execution -> note("expire");
      return Map.of(
          "openStage", open,
          "remindReviewers", remind,
          "escalateStage", escalate,
          "expireStage", expire,
          "stageClock", this,
          "stageState", this);
    }

    private static void open(DelegateExecution execution) {
      execution.setVariable("role", "finance-approver");
      execution.setVariable("deadline", Date.from(DEADLINE));
      execution.setVariable("actionTitle", "Refund an order");
      execution.setVariable("assignee", null);
      execution.setVariable("priority", 70);
    }

    private void note(String what) {
      if (failsOnce.equals(what)) {
        failsOnce = "";
        throw new StandInFailure();
      }
      log.add(what + " " + now());
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
      assertThat(execution.getVariable("stage")).isEqualTo("review");
      Instant now = now().minus(behind);
      Instant next = nextAfter(now);
      Duration gap = Duration.between(next, nextAfter(next));
      return bareDurations
          ? "R/" + Duration.between(lastUntil(now), next)
          : "R/" + next + "/" + gap;
    }

    public boolean escalationDue(DelegateExecution execution) {
      return !now().isBefore(ESCALATION);
    }

    /** After the last nudge: a time that the deadline never lets come. */
    private static Instant nextAfter(Instant time) {
      return NUDGES.stream()
          .filter(nudge -> nudge.isAfter(time))
          .findFirst()
          .orElseGet(() -> (time.isAfter(DEADLINE) ? time : DEADLINE).plus(Duration.ofDays(1)));
    }

    private static Instant lastUntil(Instant time) {
      return NUDGES.stream().filter(n -> !n.isAfter(time)).reduce((a, b) -> b).orElse(OPENED);
    }

    private static Instant now() {
      return ClockUtil.getCurrentTime().toInstant();
    }
  }
}
