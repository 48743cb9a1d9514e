package io.countersign.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countersign.audit.AuditTrail;
import io.countersign.delivery.Receiver.Received;
import io.countersign.shared.RequestId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

@Timeout(60)
class DeliveryIT {

  private final MigratedDatabase database = new MigratedDatabase();
  private final MovableClock clock = new MovableClock();
  private final List<Node> nodes = new ArrayList<>();
  private Receiver receiver;
  private Receiver other;

  @BeforeEach
  void startReceivers() throws Exception {
    receiver = new Receiver();
    other = new Receiver();
  }

  @AfterEach
  void stopAll() {
    nodes.forEach(Node::close);
    receiver.close();
    other.close();
    database.close();
  }

  @Test
  void sendsWithinAnInstantOfTheCommitAndAuditsThatItArrived() throws Exception {
    Node node = node();
    RequestId request = RequestId.next();
    node.send(message("a/default", "{\"type\":\"x\"}", Optional.of(request)));

    Received arrived = receiver.next();

    assertThat(arrived.body()).asString().isEqualTo("{\"type\":\"x\"}");
    assertThat(arrived.header("webhook-id"))
        .matches("msg_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
    assertThat(arrived.header("content-type")).isEqualTo("application/json");
    assertThat(arrived.header("user-agent")).isEqualTo("Countersign");
    assertThat(arrived.headers())
        .doesNotContainKeys("cookie", "authorization", "upgrade", "expect");
    awaitStatus(arrived.header("webhook-id"), "delivered");
    assertThat(audited("delivery.delivered"))
        .singleElement()
        .asString()
        .contains(arrived.header("webhook-id"), "\"attempts\":1", "a/default");
    assertThat(database.asOwner().sql("select request_id from audit_entry").query().singleValue())
        .isEqualTo(request.uuid());
  }

  @Test
  void takesNothingOutsideATransactionAndSendsNothingThatWasRolledBack() throws Exception {
    Node node = node();
    assertThatThrownBy(() -> node.part(Outbox.class).enqueue(message("a/default", "1")))
        .isInstanceOf(IllegalTransactionStateException.class);
    node.transactions()
        .executeWithoutResult(
            transaction -> {
              node.part(Outbox.class).enqueue(message("a/default", "rolled back"));
              transaction.setRollbackOnly();
            });
    node.send(message("a/default", "kept"));

    assertThat(receiver.next().body()).asString().isEqualTo("kept");
    assertThat(receiver.unseen()).isZero();
  }

  @Test
  void triesAgainWithTheSameIdAndANewTimestampUntilItGivesUp() throws Exception {
    receiver.answers(Receiver.status(500));
    node().send(message("a/default", "{}"));
    Set<String> ids = new HashSet<>();
    Set<String> timestamps = new HashSet<>();
    Instant started = clock.instant();
    for (int attempt = 1; attempt <= 10; attempt++) {
      Received arrived = receiver.next();
      ids.add(arrived.header("webhook-id"));
      timestamps.add(arrived.header("webhook-timestamp"));
      awaitAttempts(attempt);
      assertThat(receiver.unseen()).isZero();
      if (attempt < 10) {
        clock.set(nextAttempt());
        wake();
      }
    }

    awaitStatus(ids.iterator().next(), "given_up");
    assertThat(ids).hasSize(1);
    assertThat(timestamps).hasSize(10);
    assertThat(Duration.between(started, clock.instant()))
        .isBetween(Duration.ofHours(75), Duration.ofHours(84));
    assertThat(audited("delivery.given_up")).singleElement().asString().contains("\"attempts\":10");
    clock.advance(Duration.ofDays(30));
    wake();
    node().send(message("b/default", "{}"));
    other.next();
    assertThat(receiver.unseen()).as("given up is given up").isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) throws Exception {
    receiver.answers(
        (message, exchange) -> {
          exchange.getResponseHeaders().add("Location", "http://" + other.address() + "/secret");
          exchange.sendResponseHeaders(status, -1);
        });
    node().send(message("a/default", "{}"));
    receiver.next();
    awaitAttempts(1);

    assertThat(lastError()).contains(status + "; redirects are not followed");
    assertThat(other.unseen()).isZero();
  }

  @Test
  void givesUpAtOnceWhenTheReceiverIsGone() throws Exception {
    receiver.answers(Receiver.status(410));
    node().send(message("a/default", "{}"));

    awaitStatus(receiver.next().header("webhook-id"), "given_up");

    assertThat(audited("delivery.given_up")).singleElement().asString().contains("\"attempts\":1");
  }

  @Test
  void waitsAsLongAsTheReceiverAsks() throws Exception {
    receiver.answers(
        (message, exchange) -> {
          exchange.getResponseHeaders().add("Retry-After", "3600");
          exchange.sendResponseHeaders(429, -1);
        });
    node().send(message("a/default", "{}"));
    receiver.next();
    awaitAttempts(1);

    assertThat(nextAttempt()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void sendsAgainWithTheSameIdWhenANodeDiedBeforeItNotedTheAnswer() throws Exception {
    Node node = node();
    node.part(DeliverySender.class).stop();
    node.send(message("a/default", "{}"));
    dyingDispatcher(node).dispatch(() -> {});
    Received first = receiver.next();

    Node survivor = node();
    wake();
    survivor.send(message("b/default", "{}"));
    other.next();
    assertThat(receiver.unseen()).as("while the lease runs").isZero();
    clock.advance(DeliveryDispatcher.LEASE);
    wake();
    Received second = receiver.next();

    assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
    assertThat(second.header("webhook-timestamp")).isNotEqualTo(first.header("webhook-timestamp"));
    awaitStatus(second.header("webhook-id"), "delivered");
  }

  /** As a node that loses power between the receiver's answer and its own note of it. */
  private DeliveryDispatcher dyingDispatcher(Node node) {
    TransactionOperations powerless =
        new TransactionOperations() {
          @Override
          public <T> T execute(TransactionCallback<T> action) {
            throw new IllegalStateException("the power is gone");
          }
        };
    DeliveryAttempt attempt =
        new DeliveryAttempt(
            node.part(Endpoints.class),
            node.part(DeliverySigner.class),
            node.part(HttpTransport.class),
            node.part(DeliveryQueue.class),
            new RetrySchedule(RandomGenerator.getDefault()),
            node.part(AuditTrail.class),
            powerless,
            clock);
    return new DeliveryDispatcher(
        node.part(DeliveryQueue.class), attempt, node.transactions(), Runnable::run, clock);
  }

  @Test
  void sendsEachMessageOnceThoughTwoNodesSend() throws Exception {
    Node first = node();
    node();
    first
        .transactions()
        .executeWithoutResult(
            transaction -> {
              for (int i = 0; i < 200; i++) {
                first
                    .part(Outbox.class)
                    .enqueue(message(i % 2 == 0 ? "a/default" : "b/default", "{}"));
              }
            });
    await().atMost(Duration.ofSeconds(30)).until(() -> count("delivered") == 200);

    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(receiver.next().header("webhook-id"));
      ids.add(other.next().header("webhook-id"));
    }
    assertThat(ids).hasSize(200);
    assertThat(receiver.unseen() + other.unseen()).isZero();
    assertThat(audited("delivery.delivered")).hasSize(200);
  }

  @Test
  void isNotHeldUpByASlowEndpoint() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    receiver.answers(
        (message, exchange) -> {
          released.await(30, TimeUnit.SECONDS);
          exchange.sendResponseHeaders(204, -1);
        });
    Node node = node();
    for (int i = 0; i < 50; i++) {
      node.send(message("a/default", "{}"));
    }
    for (int i = 0; i < 10; i++) {
      node.send(message("b/default", "{}"));
    }
    for (int i = 0; i < 10; i++) {
      other.next();
    }

    assertThat(released.getCount()).isOne();
    await().until(() -> count("delivered") == 10);
    assertThat(receiver.unseen()).isEqualTo(DeliveryDispatcher.AT_ONCE_PER_ENDPOINT);
    released.countDown();
    await().atMost(Duration.ofSeconds(30)).until(() -> count("delivered") == 60);
  }

  @Test
  void readsNoneOfAnEndlessAnswer() throws Exception {
    receiver.answers(
        (message, exchange) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[8192];
          while (true) {
            exchange.getResponseBody().write(block);
          }
        });
    node().send(message("a/default", "{}"));

    awaitStatus(receiver.next().header("webhook-id"), "delivered");
  }

  @Test
  void triesAgainLaterWhenNoEndpointOfThatNameIsConfigured() {
    node().send(message("gone/default", "{}"));
    awaitAttempts(1);

    assertThat(lastError()).isEqualTo("no endpoint of this name is configured");
    assertThat(nextAttempt()).isAfterOrEqualTo(clock.instant().plusSeconds(5));
  }

  @Test
  void tellsWhyAReceiverCouldNotBeReachedWithoutNamingItsAddress() throws Exception {
    receiver.close();
    node().send(message("a/default", "{}"));
    awaitAttempts(1);

    assertThat(lastError()).isEqualTo("the receiver took no connection");
  }

  @Test
  void endsAnAttemptAfterTheLimitThoughBytesKeepComing() throws Exception {
    try (java.net.ServerSocket dripping = new java.net.ServerSocket(0);
        HttpTransport transport =
            new HttpTransport(
                new AddressGuard(
                    AllowedAddresses.of(List.of("127.0.0.1:" + dripping.getLocalPort())),
                    org.apache.hc.client5.http.SystemDefaultDnsResolver.INSTANCE),
                Duration.ofMillis(400))) {
      Thread server = new Thread(() -> drip(dripping));
      server.start();
      long started = System.nanoTime();

      assertThatThrownBy(
              () ->
                  transport.post(
                      java.net.URI.create("http://127.0.0.1:" + dripping.getLocalPort()),
                      Map.of(),
                      new byte[0]))
          .isInstanceOf(java.io.IOException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
      server.join();
    }
  }

  /** A byte each 50 ms resets every timeout between two reads. */
  private static void drip(java.net.ServerSocket socket) {
    try (java.net.Socket taken = socket.accept()) {
      taken
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
      CountDownLatch never = new CountDownLatch(1);
      while (!never.await(50, TimeUnit.MILLISECONDS)) {
        taken.getOutputStream().write('x');
        taken.getOutputStream().flush();
      }
    } catch (java.io.IOException | InterruptedException closed) {
      // The sender hung up, as it should.
    }
  }

  @Test
  void hearsOfMessagesAgainAfterItsConnectionWasCut() throws Exception {
    Node node = node();
    node.send(message("a/default", "first"));
    receiver.next();
    database
        .asOwner()
        .sql(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and query like 'listen%'")
        .query()
        .listOfRows();
    node.send(message("a/default", "second"));

    assertThat(receiver.next().body()).asString().isEqualTo("second");
    await().until(() -> listeners() == 1);
  }

  @Test
  void takesNoSubscriberThatWouldHearNothing() {
    PostgresListener listener = node().part(PostgresListener.class);

    assertThatThrownBy(() -> listener.subscribe("too_late", payload -> {}, () -> {}))
        .isInstanceOf(IllegalStateException.class);
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

  private Node node() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("countersign.delivery.endpoints.a.default.url", "http://" + receiver.address());
    properties.put("countersign.delivery.endpoints.b.default.url", "http://" + other.address());
    properties.put(
        "countersign.delivery.allowed-addresses", receiver.address() + "," + other.address());
    Node node = new Node(database, clock, properties);
    nodes.add(node);
    return node;
  }

  private static OutgoingMessage message(String endpoint, String body) {
    return message(endpoint, body, Optional.empty());
  }

  private static OutgoingMessage message(
      String endpoint, String body, Optional<RequestId> request) {
    return new OutgoingMessage(
        endpoint, "approval.decided", request, body.getBytes(StandardCharsets.UTF_8));
  }

  private void wake() {
    database.asOwner().sql("select pg_notify('countersign_delivery', '')").query().singleRow();
  }

  private void awaitStatus(String id, String status) {
    await()
        .until(
            () ->
                database
                    .asOwner()
                    .sql("select status from delivery where id = ?")
                    .param(id)
                    .query(String.class)
                    .single()
                    .equals(status));
  }

  private void awaitAttempts(int attempts) {
    await()
        .until(
            () ->
                database
                        .asOwner()
                        .sql("select attempts from delivery order by id limit 1")
                        .query(Integer.class)
                        .single()
                    == attempts);
  }

  private Instant nextAttempt() {
    return database
        .asOwner()
        .sql("select next_attempt_at from delivery order by id limit 1")
        .query(java.sql.Timestamp.class)
        .single()
        .toInstant();
  }

  private String lastError() {
    return database
        .asOwner()
        .sql("select last_error from delivery order by id limit 1")
        .query(String.class)
        .single();
  }

  private long count(String status) {
    return database
        .asOwner()
        .sql("select count(*) from delivery where status = ?")
        .param(status)
        .query(Long.class)
        .single();
  }

  private List<String> audited(String type) {
    return database
        .asOwner()
        .sql("select facts from audit_entry where type = ?")
        .param(type)
        .query(String.class)
        .list();
  }
}
