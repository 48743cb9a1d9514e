package io.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.delivery.Receiver;
import io.countersign.dev.Database;
import io.countersign.dev.EmbeddedDatabase;
import io.countersign.dev.Ports;
import io.countersign.dev.Secrets;
import io.countersign.packaging.Workload.Moment;
import io.countersign.testing.PackagedApplication;
import io.countersign.testing.PackagedApplication.Deployable;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application is killed again and again, on a database that keeps what it was told. */
class KilledApplicationIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every open review has its task and its two timers, every closed one has none of them. */
  private static final String REVIEWS_WITHOUT_THEIR_CLOCKS =
      """
      select count(*) from stage s where
        (select count(*) from act_ru_job j
         where j.process_instance_id_ = s.process_instance and j.retries_ > 0
           and j.duedate_ is not null)
          <> case when s.status = 'open' then 2 else 0 end
        or (select count(*) from act_ru_task t where t.proc_inst_id_ = s.process_instance)
          <> case when s.status = 'open' then 1 else 0 end
      """;

  private static final String WAITING_WITHOUT_A_REVIEW =
      """
      select count(*) from approval_request r where r.status = 'pending' and
        (select count(*) from stage s where s.request_id = r.id and s.status = 'open') <> 1
      """;

  private static final String DECIDED_BUT_NOT_ONCE =
      """
      select count(*) from approval_request r where r.status <> 'pending' and (
        (select count(*) from vote v where v.request_id = r.id) <> 1
        or (select count(*) from delivery d where d.request_id = r.id) <> 1
        or (select count(*) from audit_entry a
            where a.request_id = r.id and a.type = 'request.concluded') <> 1)
      """;

  private final Workload workload = new Workload();
  private final Map<String, Set<String>> callbacks = new HashMap<>();
  private EmbeddedDatabase server;
  private Database database;
  private Receiver receiver;
  private URI url;
  private Map<String, String> environment;

  @BeforeEach
  void prepare(@TempDir Path folder) throws Exception {
    server = EmbeddedDatabase.kept(folder, Ports.free(), Secrets.inMemory(), null, line -> {});
    database = server.main();
    receiver = new Receiver();
    url = PackagedApplication.freeUrl();
    environment = PackagedApplication.environment(url, database);
    environment.put(
        "SPRING_APPLICATION_JSON",
        """
        {"countersign": {
         "limits": {"open-requests-per-agent": 1000000, "proposals-per-minute": 1000000},
         "delivery": {"allowed-addresses": ["%1$s"],
         "endpoints": {"billing-agent": {"default": {"url": "http://%1$s/webhooks"}}}}}}
        """
            .formatted(receiver.address()));
  }

  @AfterEach
  void stop() {
    receiver.close();
    server.close();
  }

  @Test
  void losesNothingAndDecidesNothingTwice() throws Exception {
    var forever = new CountDownLatch(1);
    receiver.answers(Receiver.status(503));
    round(workload.afterAcceptances(8), false);
    receiver.answers((message, exchange) -> forever.await());
    round(workload.afterDecisions(5), true);
    // The message is at the agent; that it arrived is not yet noted.
    round(receiver::next, true);

    receiver.answers(Receiver.status(204));
    try (var application = start()) {
      var requests = workload.decidesTheRest(application);
      assertThat(requests).hasSizeGreaterThan(10);
      awaitCallbacks(requests);
      assertThat(callbacks.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
      assertThat(new TreeSet<>(callbacks.keySet())).isEqualTo(new TreeSet<>(requests));
    }
    requireOrder();
  }

  private void round(Moment moment, boolean deciding) throws Exception {
    workload.workUntil(start(), moment, deciding);
    requireOrder();
    drain();
  }

  private PackagedApplication start() {
    var application = PackagedApplication.start(Deployable.WAR, url, environment);
    try {
      workload.findsEverythingAgain(application);
      return application;
    } catch (RuntimeException | AssertionError e) {
      application.close();
      throw e;
    }
  }

  private void requireOrder() throws SQLException {
    assertThat(number(REVIEWS_WITHOUT_THEIR_CLOCKS)).isZero();
    assertThat(number(WAITING_WITHOUT_A_REVIEW)).isZero();
    assertThat(number(DECIDED_BUT_NOT_ONCE)).isZero();
  }

  private void awaitCallbacks(Set<String> requests) throws Exception {
    while (!callbacks.keySet().containsAll(requests)) {
      bringForward();
      note(receiver.next());
      drain();
    }
  }

  /** The next attempts, and the leases of dead nodes, are minutes away. */
  private void bringForward() throws SQLException {
    try (var connection = database.asApp();
        var statement = connection.createStatement()) {
      statement.execute(
          "update delivery set next_attempt_at = now()"
              + " where status = 'pending' and next_attempt_at > now() + interval '1 second'");
      statement.execute("notify countersign_delivery");
    }
  }

  private void drain() throws Exception {
    while (receiver.unseen() > 0) {
      note(receiver.next());
    }
  }

  private void note(Receiver.Received message) throws Exception {
    var request = JSON.readTree(message.body()).at("/data/requestId").asText();
    callbacks.computeIfAbsent(request, id -> new TreeSet<>()).add(message.header("webhook-id"));
  }

  private long number(String query) throws SQLException {
    try (var connection = database.asSuperuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
