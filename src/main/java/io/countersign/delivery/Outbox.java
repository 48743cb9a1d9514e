package io.countersign.delivery;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what is to leave the house, in the transaction of the change it tells of: both are kept or
 * neither.
 *
 * <p>What was taken is sent after the commit, at least once, always with the same id, by the {@link
 * DeliverySender} of whichever node is first. Messages have no order among each other.
 */
@Component
public class Outbox {

  private final DeliveryQueue queue;
  private final Clock clock;

  Outbox(DeliveryQueue queue, Clock clock) {
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Takes one message.
   *
   * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void enqueue(OutgoingMessage message) {
    enqueue(message, clock.instant());
  }

  /** Takes one message that is not to be sent before a moment. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void enqueue(OutgoingMessage message, Instant notBefore) {
    Instant now = clock.instant();
    Instant due = notBefore.isAfter(now) ? notBefore : now;
    queue.add("msg_" + UuidCreator.getTimeOrderedEpoch(), message, now, due);
  }
}
