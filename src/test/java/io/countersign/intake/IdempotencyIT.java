package io.countersign.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.testing.RunningApplication;
import io.countersign.testing.StoredRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyIT {

  private static final String PROPOSALS = "/api/v1/approval-requests";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static RunningApplication application;
  private String key;

  @BeforeAll
  static void start() {
    application = RunningApplication.shared();
  }

  @BeforeEach
  void takeANewKey() {
    key = UUID.randomUUID().toString();
  }

  @Test
  void answersARepetitionWithTheSameRequestAndStoresNothing() {
    var first = propose("billing-agent", key, refund("240.00"));
    var before = rows();

    var again = propose("billing-agent", key, refund("240.00"));

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(tree(again)).isEqualTo(tree(first));
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void takesAQuotedKeyForTheSameKey() {
    var first = propose("billing-agent", key, refund("240.00"));
    var again = propose("billing-agent", '"' + key + '"', refund("240.00"));

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(tree(again).path("id")).isEqualTo(tree(first).path("id"));
  }

  @Test
  void givesTheSameGrantAgainForAnAutoApprovedRepetition() {
    var first = tree(propose("billing-agent", key, refund("12.00"))).path("decision");
    var again = tree(propose("billing-agent", key, refund("12.00"))).path("decision");

    assertThat(first.path("outcome").asText()).isEqualTo("approved");
    assertThat(grantId(again)).isEqualTo(grantId(first)).isNotEmpty();
  }

  private static String grantId(JsonNode decision) {
    var claims = decision.path("grant").asText().split("\\.", -1)[1];
    return parse(new String(java.util.Base64.getUrlDecoder().decode(claims))).path("jti").asText();
  }

  @Test
  void refusesTheSameKeyWithAnotherBody() {
    propose("billing-agent", key, refund("240.00"));
    var before = rows();

    var other = propose("billing-agent", key, refund("240.01"));

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(tree(other).path("type").asText()).isEqualTo("urn:countersign:problem:key-reused");
    assertThat(tree(other).path("errors").findValuesAsText("field"))
        .containsExactly("Idempotency-Key");
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void keepsTheKeysOfAgentsApart() {
    var mine = propose("billing-agent", key, refund("240.00"));
    var theirs = propose("publishing-agent", key, refund("240.00"));

    assertThat(theirs.statusCode()).isEqualTo(201);
    assertThat(tree(theirs).path("id")).isNotEqualTo(tree(mine).path("id"));
    assertThat(tree(theirs).path("agent").asText()).isEqualTo("publishing-agent");
  }

  @Test
  void takesAKeyAfterAnInvalidBodyWithIt() {
    assertThat(propose("billing-agent", key, "{").statusCode()).isEqualTo(400);
    assertThat(propose("billing-agent", key, refund("1e3")).statusCode()).isEqualTo(422);

    assertThat(propose("billing-agent", key, refund("240.00")).statusCode()).isEqualTo(201);
  }

  @Test
  void makesOneRequestOfTwentyAtOnce() throws Exception {
    long before = requests();

    var answers = atOnce(20);

    var ids = new ArrayList<String>();
    for (var answer : answers) {
      assertThat(answer.statusCode()).as(answer.body()).isIn(201, 200, 409);
      if (answer.statusCode() == 409) {
        assertThat(tree(answer).path("type").asText())
            .isEqualTo("urn:countersign:problem:key-in-use");
      } else {
        ids.add(tree(answer).path("id").asText());
      }
    }
    assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
    assertThat(ids).containsOnly(ids.get(0));
    assertThat(requests()).isEqualTo(before + 1);
    assertThat(propose("billing-agent", key, refund("240.00")).statusCode()).isEqualTo(200);
  }

  private List<HttpResponse<String>> atOnce(int clients) throws Exception {
    var threads = Executors.newFixedThreadPool(clients);
    try {
      var ready = new CountDownLatch(clients);
      var answers = new ArrayList<Future<HttpResponse<String>>>();
      for (int i = 0; i < clients; i++) {
        answers.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return propose("billing-agent", key, refund("240.00"));
                }));
      }
      var all = new ArrayList<HttpResponse<String>>();
      for (var answer : answers) {
        all.add(answer.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void answersConflictWhileTheKeyIsHeldAndStoresNothing() throws Exception {
    var before = rows();
    try (var connection = application.database().asApp();
        var hold =
            connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      connection.setAutoCommit(false);
      hold.setString(1, "billing-agent\n" + key);
      hold.execute();

      assertThat(propose("billing-agent", key, refund("240.00")).statusCode()).isEqualTo(409);
      assertThat(rows()).isEqualTo(before);
      connection.rollback();
    }
    assertThat(propose("billing-agent", key, refund("240.00")).statusCode()).isEqualTo(201);
  }

  /** The last write of the intake fails in the database, after everything else was written. */
  @Test
  void storesNothingWhenTheIntakeFailsHalfWayAndTakesTheSameKeyLater() throws Exception {
    var before = rows();
    alter("alter table audit_entry add constraint broken check (type <> 'stage.opened') not valid");
    try {
      var failed = propose("billing-agent", key, refund("240.00"));
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(tree(failed).path("type").asText()).isEqualTo("urn:countersign:problem:internal");
      assertThat(failed.body()).doesNotContain("audit_entry", "broken", "Exception", "SQL");
      assertThat(rows()).isEqualTo(before);
    } finally {
      alter("alter table audit_entry drop constraint broken");
    }
    assertThat(propose("billing-agent", key, refund("240.00")).statusCode()).isEqualTo(201);
  }

  private static void alter(String statement) throws SQLException {
    try (var connection = application.database().asOwner();
        var change = connection.createStatement()) {
      change.execute(statement);
    }
  }

  private static long requests() {
    return rows().getOrDefault("approval_request", 0L);
  }

  private static Map<String, Long> rows() {
    return StoredRows.of(application.database());
  }

  private static HttpResponse<String> propose(String agent, String key, String body) {
    return application.agent(agent).post(PROPOSALS, body, Map.of("Idempotency-Key", key));
  }

  private static String refund(String amount) {
    return """
        {"action":"process_refund","confidence":0.9,
         "parameters":{"orderId":"10428","amount":"%s","currency":"EUR"}}"""
        .formatted(amount);
  }

  private static JsonNode tree(HttpResponse<String> answer) {
    return parse(answer.body());
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
