package io.countersign.delivery;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.sealing.Erased;
import io.countersign.sealing.Seals;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes one attempt at one message: sends it outside any transaction, then notes what came of it. A
 * crash in between leaves the lease to run out, and the message is sent again with the same id.
 */
class DeliveryAttempt {

  private final List<Carrier> carriers;
  private final DeliveryQueue queue;
  private final Seals seals;
  private final RetrySchedule schedule;
  private final AuditTrail audit;
  private final TransactionOperations transactions;
  private final Clock clock;

  DeliveryAttempt(
      List<Carrier> carriers,
      DeliveryQueue queue,
      Seals seals,
      RetrySchedule schedule,
      AuditTrail audit,
      TransactionOperations transactions,
      Clock clock) {
    this.carriers = List.copyOf(carriers);
    this.queue = queue;
    this.seals = seals;
    this.schedule = schedule;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  void make(Delivery delivery) {
    Optional<Carrier> carrier =
        carriers.stream().filter(it -> it.serves(delivery.endpoint())).findFirst();
    if (carrier.isEmpty()) {
      fail(delivery, null, "no endpoint of this name is configured", Optional.empty());
      return;
    }
    try {
      note(delivery, carrier.get().carry(delivery, seals.open(delivery.stored())));
    } catch (Carrier.NothingToSay e) {
      drop(delivery);
    } catch (Erased e) {
      giveUp(delivery, null, "what it told was erased");
    } catch (Undelivered e) {
      note(delivery, e);
    } catch (IOException e) {
      fail(delivery, null, sentence(e), Optional.empty());
    }
  }

  private void note(Delivery delivery, Undelivered failure) {
    if (failure.isForGood()) {
      giveUp(delivery, null, failure.sentence());
    } else {
      fail(delivery, null, failure.sentence(), Optional.empty());
    }
  }

  private void note(Delivery delivery, Answer answer) {
    if (answer.isSuccess()) {
      deliver(delivery, answer.status());
    } else if (answer.isGone()) {
      giveUp(delivery, answer.status(), answer.sentence());
    } else {
      Optional<Duration> wish =
          RetryAfter.of(answer.status(), answer.retryAfter(), clock.instant());
      fail(delivery, answer.status(), answer.sentence(), wish);
    }
  }

  private void deliver(Delivery delivery, int status) {
    Instant now = clock.instant();
    transactions.executeWithoutResult(
        transaction -> {
          if (queue.delivered(delivery, status, now)) {
            audit.append(event("delivery.delivered", delivery));
          }
        });
  }

  private void drop(Delivery delivery) {
    Instant now = clock.instant();
    transactions.executeWithoutResult(transaction -> queue.dropped(delivery, now));
  }

  private void fail(
      Delivery delivery, @Nullable Integer status, String error, Optional<Duration> wish) {
    Optional<Duration> pause = schedule.pauseAfter(delivery.attempts() + 1, wish);
    if (pause.isEmpty()) {
      giveUp(delivery, status, error);
      return;
    }
    Instant next = clock.instant().plus(pause.get());
    transactions.executeWithoutResult(transaction -> queue.failed(delivery, status, error, next));
  }

  private void giveUp(Delivery delivery, @Nullable Integer status, String error) {
    Instant now = clock.instant();
    transactions.executeWithoutResult(
        transaction -> {
          if (queue.givenUp(delivery, status, error, now)) {
            audit.append(event("delivery.given_up", delivery));
          }
        });
  }

  private static AuditEvent event(String type, Delivery delivery) {
    Map<String, Object> facts =
        Map.of(
            "delivery", delivery.id(),
            "endpoint", delivery.endpoint(),
            "type", delivery.type(),
            "attempts", delivery.attempts() + 1);
    return new AuditEvent(type, delivery.request(), "system", facts);
  }

  /** Own words: the exceptions' messages name hosts and addresses of the house. */
  private static String sentence(IOException e) {
    if (e instanceof AddressGuard.RefusedAddress) {
      return "the address guard refused the receiver's address or port";
    }
    if (e instanceof UnknownHostException) {
      return "the receiver's host name is not known";
    }
    if (e instanceof SSLException) {
      return "the receiver's TLS certificate or handshake was not accepted";
    }
    if (e instanceof ConnectException) {
      return "the receiver took no connection";
    }
    if (e instanceof InterruptedIOException || e instanceof RequestFailedException) {
      return "the receiver gave no answer in time";
    }
    return "the connection to the receiver broke";
  }
}
