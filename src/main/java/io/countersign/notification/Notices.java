package io.countersign.notification;

import io.countersign.request.ApprovalRequest;
import io.countersign.request.Stage;
import io.countersign.shared.RequestId;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what people are to be told of, in the transaction of the change: one row, or none where no
 * channel is configured.
 *
 * <p><b>When:</b> who is told, where and how is found out as soon as that transaction has
 * committed, on whichever node is first; should the wake through PostgreSQL fail, within five
 * seconds. What waits for the end of somebody's quiet hours is written anew then, and left out if
 * it is over by then. <b>How often:</b> a notice is worked on once; the messages it makes are sent
 * at least once, as {@link io.countersign.delivery.DeliverySender} promises, each with the same id.
 * <b>What a crash can lose:</b> nothing; a mail that the server took and we have not noted is sent
 * again with the same Message-ID. <b>When Keycloak does not say who holds a role:</b> it is tried
 * again, every five minutes at last, as long as the request is open.
 */
@Component
public class Notices {

  private final NoticeQueue queue;
  private final List<PeopleChannel> channels;
  private final Clock clock;

  Notices(NoticeQueue queue, List<PeopleChannel> channels, Clock clock) {
    this.queue = queue;
    this.channels = List.copyOf(channels);
    this.clock = clock;
  }

  /** Whether anybody can be told anything. */
  boolean isOn() {
    return channels.stream().anyMatch(PeopleChannel::isOn);
  }

  /** The review was opened, or others are asked now, or the agent has answered. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void asked(Stage stage) {
    note(stage.request().id(), stage.id(), Saying.ASKED);
  }

  /** Those who are asked have said nothing for a while. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void reminded(Stage stage) {
    note(stage.request().id(), stage.id(), Saying.REMINDED);
  }

  /** Another role is asked as well. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void escalated(Stage stage) {
    note(stage.request().id(), stage.id(), Saying.ESCALATED);
  }

  /** Nobody has to decide it any more. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void closed(ApprovalRequest request) {
    if (request.asksPeople()) {
      note(request.id(), null, Saying.CLOSED);
    }
  }

  private void note(RequestId request, @Nullable UUID stage, Saying saying) {
    if (isOn()) {
      queue.add(request, stage, saying, clock.instant());
    }
  }
}
