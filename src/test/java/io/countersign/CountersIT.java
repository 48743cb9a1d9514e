package io.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.dev.Ports;
import io.countersign.testing.CountedStatements;
import io.countersign.testing.CountedStatements.Count;
import io.countersign.testing.RunningApplication;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an intake and a decision cost in statements: numbers that do not depend on the machine. */
class CountersIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROPOSALS = "/api/v1/approval-requests";

  private static RunningApplication application;

  @BeforeAll
  static void start() throws Exception {
    // With mail on, to a server that is not there: what people are told of is noted in both.
    var settings =
        Map.of(
            "spring.mail.host", "127.0.0.1",
            "spring.mail.port", Integer.toString(Ports.free()),
            "countersign.mail.from", "approvals@countersign.example");
    application = RunningApplication.start(settings, CountedStatements.class);
    // The first of each fills the engine's caches of definitions and our own of keys.
    decide(proposeRefund("240.00"));
    proposeTicket();
    proposeRefund("12.00");
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void takesAnAutoApprovedProposalInWithFewStatements() throws Exception {
    var count = counted("auto-approved", CountersIT::proposeTicket);
    // 1 key lock, 1 look for an earlier hand-off, 1 at what came before; the key, request, content,
    // body and audit entry written. An amount is counted too; what is severe waits for the log
    // besides.
    assertCosts(count, 8, 5);
  }

  @Test
  void asksPeopleWithFewStatements() throws Exception {
    var count = counted("human review", () -> proposeRefund("240.00"));
    // Beside what an auto-approved request costs: the stage, written when it is owed and again when
    // it opens, its audit entries, who is absent, votes, questions and handovers that the answer
    // tells of. The engine's are most of it: the definitions of chain and stage, the executions of
    // chain, its embedded reviews and the stage, variables, activities, task, link and timers. One
    // row notes that people are to be told.
    assertCosts(count, 56, 45);
  }

  @Test
  void decidesWithFewStatements() throws Exception {
    var request = proposeRefund("240.00");
    var count = counted("decision", () -> decide(request));
    // Ours: the request locked once, its stages, votes, questions and handovers read, the body read
    // once, 3 audit entries, 1 vote, request and stage updated. The engine's: claim and completion
    // each look up task, definition and execution, and what was inserted at the intake is deleted
    // row by row, the history of it updated. One row notes that people are to be told.
    assertCosts(count, 100, 53);
  }

  private static void assertCosts(Count count, int statements, int rows) {
    assertThat(count.statements()).as(String.join("\n", count.sql())).isEqualTo(statements);
    assertThat(count.rows()).isEqualTo(rows);
    assertThat(count.writingTransactions()).isEqualTo(1);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static Count counted(String what, Work work) throws Exception {
    long before = written();
    CountedStatements.forget();
    work.run();
    var count = CountedStatements.count();
    System.out.printf(
        "%s: %d statements, %d writing transactions, %d rows, %d bytes of WAL%n",
        what, count.statements(), count.writingTransactions(), count.rows(), written() - before);
    return count;
  }

  private static long written() throws SQLException {
    try (var connection = application.database().asSuperuser();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void proposeTicket() throws Exception {
    propose(
        """
        {"action":"create_ticket","confidence":0.99,
         "parameters":{"title":"Printer","body":"It is out of paper."}}""");
  }

  private static JsonNode proposeRefund(String amount) throws Exception {
    return propose(
        """
        {"action":"process_refund","confidence":0.9,
         "parameters":{"orderId":"10428","amount":"%s","currency":"EUR"}}"""
            .formatted(amount));
  }

  private static JsonNode propose(String body) throws Exception {
    var answer =
        application
            .agent("publishing-agent")
            .post(PROPOSALS, body, Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JSON.readTree(answer.body());
  }

  private static void decide(JsonNode request) {
    var answer =
        application
            .commandLine("rita")
            .post(
                PROPOSALS + "/" + request.path("id").asText() + "/decisions",
                Map.of(
                    "decision", "approve", "actionDigest", request.path("actionDigest").asText()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
