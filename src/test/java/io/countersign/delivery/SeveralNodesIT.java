package io.countersign.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countersign.audit.AuditTrail;
import io.countersign.delivery.Receiver.Received;
import io.countersign.sealing.Seals;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

class SeveralNodesIT extends SenderFixture {

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
            List.of(node.part(WebhookCarrier.class)),
            node.part(DeliveryQueue.class),
            node.part(Seals.class),
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
}
