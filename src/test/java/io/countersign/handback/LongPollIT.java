package io.countersign.handback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countersign.delivery.MigratedDatabase;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Proposal;
import io.countersign.shared.RequestId;
import io.countersign.shared.Route;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LongPollIT {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Clock clock = Clock.systemUTC();
  private final MigratedDatabase database = new MigratedDatabase();
  private final Map<String, Object> properties = TestKeys.properties();
  private HandbackNode deciding;
  private HandbackNode waiting;
  private LongPoll poll;

  @BeforeEach
  void start() {
    properties.put("countersign.public-url", "https://countersign.example");
    properties.put("countersign.handback.max-waiters", "3");
    deciding = new HandbackNode(database, clock, properties);
    waiting = new HandbackNode(database, clock, properties);
    poll = waiting.part(LongPoll.class);
  }

  @AfterEach
  void stop() {
    deciding.close();
    waiting.close();
    database.close();
  }

  @Test
  void wakesOnAnotherNodeWithinAHundredMilliseconds() throws Exception {
    RequestId id = propose();
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      CompletableFuture<Void> wake = poll.changed(id, version(id), LONG);
      String assignee = "rita" + i;
      deciding.change(id, request -> request.stage("review").assignTo(assignee));
      long committed = System.nanoTime();
      wake.get(10, TimeUnit.SECONDS);
      millis.add((System.nanoTime() - committed) / 1_000_000);
    }
    Collections.sort(millis);
    assertThat(millis.get(10)).as("median of %s ms", millis).isLessThan(100);
    assertThat(poll.waiters()).isZero();
  }

  @Test
  void answersAtOnceWhenTheCallerIsBehind() {
    RequestId id = propose();

    assertThat(poll.changed(id, version(id) - 1, LONG)).isCompleted();
    assertThat(poll.waiters()).isZero();
  }

  @Test
  void answersAtOnceForARequestThatIsNotThere() {
    assertThat(poll.changed(RequestId.next(), 0, LONG)).isCompleted();
  }

  @Test
  void answersWhenTheTimeIsOver() throws Exception {
    RequestId id = propose();

    poll.changed(id, version(id), Duration.ofMillis(50)).get(10, TimeUnit.SECONDS);

    assertThat(poll.waiters()).isZero();
  }

  @Test
  void forgetsACallerThatWentAway() {
    RequestId id = propose();
    CompletableFuture<Void> wake = poll.changed(id, version(id), LONG);
    assertThat(poll.waiters()).isOne();

    wake.cancel(false);

    assertThat(poll.waiters()).isZero();
  }

  @Test
  void wakesOnlyThoseWhoWaitForTheChangedRequest() throws Exception {
    RequestId changed = propose();
    RequestId other = propose();
    CompletableFuture<Void> wake = poll.changed(changed, version(changed), LONG);
    CompletableFuture<Void> second = poll.changed(changed, version(changed), LONG);
    CompletableFuture<Void> sleeper = poll.changed(other, version(other), LONG);

    deciding.change(changed, request -> request.stage("review").assignTo("rita"));

    wake.get(10, TimeUnit.SECONDS);
    second.get(10, TimeUnit.SECONDS);
    assertThat(sleeper).isNotDone();
    sleeper.cancel(false);
  }

  @Test
  void answersAtOnceWhenTooManyWait() {
    RequestId id = propose();
    List<CompletableFuture<Void>> full = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      full.add(poll.changed(id, version(id), LONG));
    }

    assertThat(poll.changed(id, version(id), LONG)).isCompleted();
    assertThat(full).noneMatch(CompletableFuture::isDone);
    full.forEach(wake -> wake.cancel(false));
    assertThat(poll.changed(id, version(id), LONG)).isNotDone();
  }

  @Test
  void losesNoChangeWhileItsConnectionIsCut() throws Exception {
    RequestId id = propose();
    await().until(() -> listeners() == 2);
    CompletableFuture<Void> wake = poll.changed(id, version(id), LONG);
    deciding.inTransaction(
        () -> {
          deciding.part(ApprovalRequests.class).lock(id).stage("review").assignTo("rita");
          cutListeners();
        });

    wake.get(10, TimeUnit.SECONDS);
  }

  /** Returns within the pause before the first reconnection, so that nobody hears the commit. */
  private void cutListeners() {
    database
        .asOwner()
        .sql(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and query like 'listen%'")
        .query()
        .listOfRows();
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> listeners() == 0);
  }

  private long listeners() {
    return database
        .asOwner()
        .sql(
            "select count(*) from pg_stat_activity where datname = current_database()"
                + " and query like 'listen%'")
        .query(Long.class)
        .single();
  }

  private long version(RequestId id) {
    return deciding.part(ApprovalRequests.class).version(id).orElseThrow();
  }

  private RequestId propose() {
    Proposal proposal = TestRequests.proposal(TestRequests.body());
    ApprovalRequest request = TestRequests.request(proposal, Route.HUMAN_REVIEW, clock.instant());
    deciding.inTransaction(
        () -> {
          byte[] received = TestRequests.body().toString().getBytes(StandardCharsets.UTF_8);
          deciding.part(ApprovalRequests.class).add(request, proposal, received);
          request.openStage("review", "instance-" + java.util.UUID.randomUUID(), clock.instant());
        });
    return request.id();
  }
}
