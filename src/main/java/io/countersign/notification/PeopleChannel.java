package io.countersign.notification;

import io.countersign.request.ApprovalRequest;
import io.countersign.shared.Channel;
import java.time.Instant;
import java.util.Optional;

/** One way to tell people something. */
public interface PeopleChannel {

  /** What the table of channels calls it. */
  Channel channel();

  /** Whether an operator has configured it. */
  boolean isOn();

  /** Whether each person is told alone, and can have wishes about it. */
  boolean isPersonal();

  /** Who or what is told when this person is asked; nobody if there is no way to. */
  Optional<String> recipient(ReviewFacts.Asked person);

  /**
   * Puts a message into the outbox, in the caller's transaction.
   *
   * @param notBefore when it may be sent
   */
  void take(Told told, ApprovalRequest request, Instant notBefore);
}
