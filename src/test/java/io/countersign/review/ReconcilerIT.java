package io.countersign.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.delivery.MovableClock;
import io.countersign.review.ClockFinding.Kind;
import io.countersign.shared.RequestId;
import io.countersign.testing.RunningApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Breaks the clocks of reviews in the database, and sees each healed, ended or left alone. */
@Timeout(300)
class ReconcilerIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUESTS = "/api/v1/approval-requests";
  private static final Duration LIMIT = Duration.ofHours(8);
  private static final Instant OPENED =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(30));
  private static final MovableClock DATABASE = new MovableClock();

  private static RunningApplication application;
  private static Reconciler reconciler;
  private static SingleConnectionDataSource owner;

  private JsonNode request;
  private String instance;

  /** The time of all nodes. */
  @TestConfiguration(proxyBeanMethods = false)
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static class Time {
    @Bean
    Clock clock() {
      return DATABASE;
    }
  }

  @BeforeAll
  static void start() throws SQLException {
    DATABASE.set(OPENED);
    application =
        RunningApplication.start(
            Map.of(
                "camunda.bpm.job-execution.enabled",
                "false",
                "countersign.reconcile-every",
                "PT0S"),
            Time.class);
    reconciler = application.bean(Reconciler.class);
    owner = new SingleConnectionDataSource(application.database().asOwner(), true);
  }

  @AfterAll
  static void stop() {
    owner.destroy();
    application.close();
  }

  @BeforeEach
  void open() {
    DATABASE.set(OPENED);
    request = propose("240.00");
    instance = task(request).getProcessInstanceId();
  }

  @AfterEach
  void isInOrderAtTheEnd() {
    DATABASE.set(OPENED.plus(LIMIT).plus(Duration.ofHours(10)));
    reconciler.run();
    reconciler.run();
    assertThat(reconciler.run()).isEqualTo(new Reconciler.Result(List.of(), List.of()));
    jobs().createJobQuery().executable().list().forEach(ReconcilerIT::executeIfThere);
    assertThat(jobs().createJobQuery().executable().list()).isEmpty();
  }

  @Test
  void findsNothingWrongWithReviewsAsTheyAre() {
    JsonNode asked = propose("240.00");
    ask(asked);
    propose("900.00");
    proposeServer();
    execute(timer(task(propose("240.00")).getProcessInstanceId(), ReviewStage.NUDGE_DUE));

    assertThat(reconciler.run()).isEqualTo(new Reconciler.Result(List.of(), List.of()));
    answer(asked);
    assertThat(reconciler.run()).isEqualTo(new Reconciler.Result(List.of(), List.of()));
    assertThat(recorded(asked, "stage.clock_healed")).isZero();
  }

  /** What breaks a clock so that it can be put right. */
  enum Break {
    USED_UP(Kind.TIMER_EXHAUSTED, "update act_ru_job set retries_ = 0"),
    STOPPED(Kind.TIMER_SUSPENDED, "update act_ru_job set suspension_state_ = 2"),
    LATER(Kind.TIMER_MISDATED, "update act_ru_job set duedate_ = duedate_ + interval '1 second'"),
    EARLIER(Kind.TIMER_MISDATED, "update act_ru_job set duedate_ = duedate_ - interval '1 hour'"),
    NEVER(Kind.TIMER_MISDATED, "update act_ru_job set duedate_ = null"),
    FAILED_AND_FAR_AWAY(
        Kind.TIMER_MISDATED,
        "update act_ru_job set exception_msg_ = 'x', duedate_ = duedate_ + interval '9 days'"),
    TWICE(
        Kind.TIMER_DUPLICATE,
        "insert into act_ru_job select (jsonb_populate_record(j, '{\"id_\": \"twice\"}')).*"
            + " from act_ru_job j");

    private final Kind kind;
    private final String sql;

    Break(Kind kind, String sql) {
      this.kind = kind;
      this.sql = sql;
    }
  }

  @ParameterizedTest
  @EnumSource(Break.class)
  void putsTheDeadlineRight(Break how) {
    putsRight(how, ReviewStage.DEADLINE_PASSED, OPENED.plus(LIMIT));

    DATABASE.set(OPENED.plus(LIMIT));
    execute(timer(instance, ReviewStage.DEADLINE_PASSED));
    assertThat(status(request)).isEqualTo("expired");
  }

  @ParameterizedTest
  @EnumSource(Break.class)
  void putsTheAgentsLimitRight(Break how) {
    ask(request);

    putsRight(how, ReviewStage.INFORMATION_OVERDUE, OPENED.plus(Duration.ofHours(4)));

    DATABASE.set(OPENED.plus(Duration.ofHours(4)));
    execute(timer(instance, ReviewStage.INFORMATION_OVERDUE));
    assertThat(status(request)).isEqualTo("pending");
  }

  private void putsRight(Break how, String timer, Instant due) {
    Job before = timer(instance, timer);
    assertThat(sql(how.sql + " where id_ = ?", before.getId())).isOne();

    var result = reconciler.run();

    assertThat(result.broken()).isEmpty();
    assertThat(result.healed())
        .extracting(
            ClockFinding::kind, ClockFinding::stage, finding -> finding.request().toString())
        .containsExactly(tuple(how.kind, "review", id(request)));
    Job after = timer(instance, timer);
    assertThat(after.getDuedate().toInstant()).isEqualTo(due);
    assertThat(after.getRetries()).isPositive();
    assertThat(after.isSuspended()).isFalse();
    assertThat(recorded(request, "stage.clock_healed")).isOne();
    assertThat(facts(request, "stage.clock_healed"))
        .contains("\"finding\":\"" + how.kind.wire() + "\"", "\"stage\":\"review\"");
    assertThat(reconciler.run().healed()).as("healed once").isEmpty();
  }

  @Test
  void putsRightSeveralThingsAtOnce() {
    sql(
        "update act_ru_job set retries_ = 0, suspension_state_ = 2, duedate_ = duedate_ + interval"
            + " '1 day' where process_instance_id_ = ?",
        instance);

    assertThat(reconciler.run().healed())
        .extracting(ClockFinding::kind)
        .containsExactly(Kind.TIMER_SUSPENDED, Kind.TIMER_EXHAUSTED, Kind.TIMER_MISDATED);
  }

  @Test
  void wakesAProcessThatWasSuspended() {
    RuntimeService processes = application.bean(RuntimeService.class);
    processes.suspendProcessInstanceById(root());
    processes.suspendProcessInstanceById(instance);

    assertThat(reconciler.run().healed())
        .extracting(ClockFinding::kind)
        .containsExactly(Kind.PROCESS_SUSPENDED);

    assertThat(decide(request, "approve").statusCode()).isEqualTo(200);
  }

  @Test
  void leavesARetryOfTheEngineAlone() {
    DATABASE.set(OPENED.plus(LIMIT));
    sql(
        "update act_ru_job set retries_ = 1, exception_msg_ = 'x', duedate_ = duedate_ + interval"
            + " '6 hours' where process_instance_id_ = ? and handler_cfg_ = ?",
        instance,
        ReviewStage.DEADLINE_PASSED);

    assertThat(reconciler.run()).isEqualTo(new Reconciler.Result(List.of(), List.of()));
  }

  @Test
  void endsTheRequestWhenTheTimerFailsForGood() {
    DATABASE.set(OPENED.plus(LIMIT));
    String timer = timer(instance, ReviewStage.DEADLINE_PASSED).getId();
    sql("update act_ru_job set retries_ = 0, exception_msg_ = 'x' where id_ = ?", timer);
    assertThat(reconciler.run().healed()).hasSize(1);
    assertThat(status(request)).as("it has another chance").isEqualTo("pending");
    sql("update act_ru_job set retries_ = 0 where id_ = ?", timer);

    assertThat(reconciler.run().healed())
        .extracting(ClockFinding::kind)
        .containsExactly(Kind.TIMER_EXHAUSTED);

    isExpired();
  }

  /** What breaks a clock for good. */
  enum Loss {
    NO_TIMER(Kind.TIMER_MISSING),
    NO_PROCESS(Kind.PROCESS_GONE),
    STAGE_SKIPPED(Kind.TASK_WITHOUT_STAGE),
    NOBODY_ASKED(Kind.REQUEST_WITHOUT_STAGE);

    private final Kind kind;

    Loss(Kind kind) {
      this.kind = kind;
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void endsTheRequestAtItsDeadlineWhenTheClockIsLost(Loss loss) {
    lose(loss);
    DATABASE.set(OPENED.plus(LIMIT).minusMillis(1));

    for (int run = 0; run < 3; run++) {
      var early = reconciler.run();
      assertThat(early.healed()).isEmpty();
      assertThat(early.broken()).extracting(ClockFinding::kind).contains(loss.kind);
    }
    assertThat(status(request)).isEqualTo("pending");
    assertThat(facts(request, "stage.clock_broken"))
        .as("told once")
        .containsOnlyOnce("\"finding\":\"" + loss.kind.wire() + "\"");

    DATABASE.set(OPENED.plus(LIMIT));
    assertThat(reconciler.run().healed()).isNotEmpty();

    isExpired();
  }

  /** A reviewer has approved, finance was still to be asked: no reason to approve anything. */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void neverTakesWhatWasVotedForAnApproval(Loss loss) {
    request = propose("900.00");
    assertThat(decide(request, "approve").statusCode()).isEqualTo(200);
    instance = task(request).getProcessInstanceId();
    lose(loss);

    DATABASE.set(OPENED.plus(LIMIT));
    reconciler.run();

    isExpired();
    assertThat(rows("select count(*) from vote where request_id = ?::uuid", uuid(request))).isOne();
  }

  private void lose(Loss loss) {
    switch (loss) {
      case NO_TIMER ->
          sql(
              "delete from act_ru_job where process_instance_id_ = ? and handler_cfg_ = ?",
              instance,
              ReviewStage.DEADLINE_PASSED);
      case NO_PROCESS -> deleteProcess();
      case STAGE_SKIPPED -> skipStages();
      case NOBODY_ASKED -> {
        deleteProcess();
        skipStages();
      }
    }
  }

  private void deleteProcess() {
    application
        .bean(RuntimeService.class)
        .deleteProcessInstance(root(), "lost", true, true, true, false);
  }

  private void skipStages() {
    sql(
        "update stage set status = 'skipped', closed_at = now() where request_id = ?::uuid"
            + " and status in ('open', 'waiting')",
        uuid(request));
  }

  private void isExpired() {
    JsonNode now = read(request);
    assertThat(now.get("status").asText()).isEqualTo("expired");
    assertThat(now.at("/decision/fallback").asText()).isEqualTo("deny");
    assertThat(now.at("/decision/grantStatus").asText()).isEqualTo("none");
    assertThat(now.at("/decision/grant").isMissingNode()).isTrue();
    assertThat(recorded(request, "request.concluded")).isOne();
    assertThat(recorded(request, "stage.clock_healed")).isPositive();
    assertThat(rows("select count(*) from act_ru_execution where business_key_ = ?", id(request)))
        .isZero();
  }

  /** Policy approved it, people could have objected until now: it stays approved. */
  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      names = {"NO_TIMER", "NO_PROCESS"})
  void closesAWindowOfObjectionWhoseClockIsLost(Loss loss) {
    request = proposeServer();
    instance = task(request).getProcessInstanceId();
    lose(loss);
    assertThat(reconciler.run().healed()).isEmpty();

    DATABASE.set(OPENED.plus(LIMIT));
    assertThat(reconciler.run().healed()).extracting(ClockFinding::kind).containsExactly(loss.kind);

    assertThat(status(request)).isEqualTo("approved");
    assertThat(recorded(request, "window.closed")).isOne();
    assertThat(recorded(request, "request.concluded")).isZero();
    assertThat(reconciler.run().healed()).as("closed once").isEmpty();
  }

  @Test
  void removesATaskThatAClosedRequestLeftBehind() {
    sql(
        "update stage set status = 'skipped', closed_at = now() where request_id = ?::uuid",
        uuid(request));
    sql(
        "update approval_request set status = 'withdrawn', closed_at = now() where id = ?::uuid",
        uuid(request));
    DATABASE.set(OPENED.plus(LIMIT));

    assertThat(reconciler.run().healed())
        .extracting(ClockFinding::kind)
        .containsExactly(Kind.TASK_WITHOUT_STAGE);

    assertThat(status(request)).isEqualTo("withdrawn");
    assertThat(rows("select count(*) from act_ru_execution where business_key_ = ?", id(request)))
        .isZero();
  }

  @Test
  void looksAgainOnceItHoldsTheRequest() throws Exception {
    String timer = timer(instance, ReviewStage.DEADLINE_PASSED).getId();
    sql("update act_ru_job set retries_ = 0 where id_ = ?", timer);
    try (Connection other = application.database().asOwner()) {
      other.setAutoCommit(false);
      JdbcClient theirs = JdbcClient.create(new SingleConnectionDataSource(other, true));
      theirs
          .sql("select 1 from approval_request where id = ?::uuid for update")
          .param(uuid(request))
          .query()
          .singleValue();
      theirs.sql("update act_ru_job set retries_ = 3 where id_ = ?").param(timer).update();
      var run = CompletableFuture.supplyAsync(reconciler::run);
      while (rows("select count(*) from pg_locks where not granted") == 0) {
        Thread.onSpinWait();
      }
      other.commit();

      assertThat(run.get()).isEqualTo(new Reconciler.Result(List.of(), List.of()));
    }
    assertThat(recorded(request, "stage.clock_healed")).isZero();
  }

  @Test
  void leavesItToTheNodeThatLooksAlready() throws Exception {
    sql("update act_ru_job set retries_ = 0 where process_instance_id_ = ?", instance);
    try (Connection other = application.database().asApp()) {
      other.setAutoCommit(false);
      JdbcClient.create(new SingleConnectionDataSource(other, true))
          .sql(Reconciler.ONE_AT_A_TIME)
          .query()
          .singleValue();

      assertThat(reconciler.run().healed()).isEmpty();
      other.rollback();
    }
    assertThat(reconciler.run().healed()).hasSize(1);
  }

  @Test
  void touchesNothingInHundredsOfStatesOfABusySystem() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger handled = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> busy =
          IntStream.range(0, 4)
              .mapToObj(
                  seed ->
                      threads.submit(
                          (Callable<Boolean>)
                              () -> {
                                Random random = new Random(seed);
                                while (!over.get()) {
                                  handleOne(random);
                                  handled.incrementAndGet();
                                }
                                return true;
                              }))
              .toList();
      for (int run = 0; run < 300 || handled.get() < 40; run++) {
        assertThat(busy).as("nobody has failed").noneMatch(Future::isDone);
        assertThat(reconciler.run()).isEqualTo(new Reconciler.Result(List.of(), List.of()));
      }
      over.set(true);
      for (Future<Boolean> one : busy) {
        assertThat(one.get()).isTrue();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  private static void handleOne(Random random) {
    JsonNode some = propose(random.nextBoolean() ? "240.00" : "900.00");
    switch (random.nextInt(6)) {
      case 0, 1 -> decide(some, "approve");
      case 2 -> decide(some, "reject");
      case 3 -> {
        ask(some);
        answer(some);
        decide(some, "approve");
      }
      case 4 -> withdraw(some);
      default -> execute(timer(task(some).getProcessInstanceId(), ReviewStage.NUDGE_DUE));
    }
    if (random.nextInt(3) == 0) {
      withdraw(some);
    }
  }

  private static JsonNode proposeServer() {
    ObjectNode body = JSON.createObjectNode().put("action", "provision_server");
    body.put("confidence", 0.97);
    body.putObject("parameters")
        .put("type", "small")
        .put("region", "eu-central")
        .put("monthlyCost", "40.00");
    return propose("procurement-agent", body);
  }

  private static JsonNode propose(String amount) {
    ObjectNode body = JSON.createObjectNode().put("action", "process_refund");
    body.put("confidence", 0.72).put("urgency", "high").put("rationale", "Charged twice.");
    body.putObject("parameters")
        .put("orderId", UUID.randomUUID().toString())
        .put("amount", amount)
        .put("currency", "EUR");
    return propose("billing-agent", body);
  }

  private static JsonNode propose(String agent, ObjectNode body) {
    var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    var answer = application.agent(agent).post(REQUESTS, body, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  private static HttpResponse<String> decide(JsonNode request, String decision) {
    return application
        .commandLine("rita")
        .post(path(request) + "/decisions", decision(request, decision));
  }

  private static ObjectNode decision(JsonNode request, String decision) {
    return JSON.createObjectNode()
        .put("decision", decision)
        .put("stage", "review")
        .put("reason", "because")
        .put("actionDigest", request.get("actionDigest").asText());
  }

  private static void ask(JsonNode request) {
    ObjectNode question = decision(request, "ask").put("question", "Which charge was it?");
    question.remove("reason");
    var answer = application.commandLine("rita").post(path(request) + "/decisions", question);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void answer(JsonNode request) {
    String question = read(request).at("/questions/0/id").asText();
    var answer =
        application
            .agent("billing-agent")
            .post(
                path(request) + "/information",
                JSON.createObjectNode().put("questionId", question).put("answer", "The second."));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void withdraw(JsonNode request) {
    application
        .agent("billing-agent")
        .post(path(request) + "/withdrawal", JSON.createObjectNode().put("reason", "not needed"));
  }

  private static String path(JsonNode request) {
    return REQUESTS + "/" + id(request);
  }

  private static String id(JsonNode request) {
    return request.get("id").asText();
  }

  private static String uuid(JsonNode request) {
    return RequestId.of(id(request)).uuid().toString();
  }

  private static JsonNode read(JsonNode request) {
    return json(application.agent(request.get("agent").asText()).get(path(request)));
  }

  private static String status(JsonNode request) {
    return read(request).get("status").asText();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static org.camunda.bpm.engine.task.Task task(JsonNode request) {
    return application
        .bean(TaskService.class)
        .createTaskQuery()
        .processInstanceBusinessKey(id(request))
        .list()
        .get(0);
  }

  private String root() {
    return application
        .bean(RuntimeService.class)
        .createProcessInstanceQuery()
        .processInstanceId(instance)
        .singleResult()
        .getRootProcessInstanceId();
  }

  private static Job timer(String instance, String activity) {
    return jobs().createJobQuery().processInstanceId(instance).activityId(activity).singleResult();
  }

  private static void execute(Job job) {
    jobs().executeJob(job.getId());
  }

  /** A job before it may have ended the task that this one belonged to. */
  private static void executeIfThere(Job job) {
    if (jobs().createJobQuery().jobId(job.getId()).count() > 0) {
      execute(job);
    }
  }

  private static ManagementService jobs() {
    return application.bean(ManagementService.class);
  }

  private static long recorded(JsonNode request, String type) {
    return rows(
        "select count(*) from audit_entry where request_id = ?::uuid and type = ?",
        uuid(request),
        type);
  }

  private static String facts(JsonNode request, String type) {
    return String.join(
        "\n",
        JdbcClient.create(owner)
            .sql("select facts from audit_entry where request_id = ?::uuid and type = ?")
            .params(uuid(request), type)
            .query(String.class)
            .list());
  }

  private static long rows(String sql, Object... parameters) {
    return JdbcClient.create(owner).sql(sql).params(parameters).query(Long.class).single();
  }

  private static int sql(String sql, Object... parameters) {
    return JdbcClient.create(owner).sql(sql).params(parameters).update();
  }
}
