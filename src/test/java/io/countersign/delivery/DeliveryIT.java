package io.countersign.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.delivery.Receiver.Received;
import io.countersign.sealing.RequestKeys;
import io.countersign.shared.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.IllegalTransactionStateException;

class DeliveryIT extends SenderFixture {

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
  void sendsNothingMoreOfWhatWasErased() throws Exception {
    receiver.answers(Receiver.status(500));
    Node node = node();
    RequestId request = RequestId.next();
    node.send(message("a/default", "{}", Optional.of(request)));
    String id = receiver.next().header("webhook-id");
    awaitAttempts(1);

    node.transactions()
        .executeWithoutResult(transaction -> node.part(RequestKeys.class).destroy(request));
    clock.set(nextAttempt());
    wake();

    awaitStatus(id, "given_up");
    assertThat(lastError()).isEqualTo("what it told was erased");
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
}
