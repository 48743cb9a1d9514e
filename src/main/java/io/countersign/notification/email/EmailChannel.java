package io.countersign.notification.email;

import io.countersign.delivery.MailServer;
import io.countersign.delivery.Outbox;
import io.countersign.delivery.OutgoingMessage;
import io.countersign.notification.PeopleChannel;
import io.countersign.notification.ReviewFacts.Asked;
import io.countersign.notification.Told;
import io.countersign.request.ApprovalRequest;
import io.countersign.shared.Channel;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** E-mail, through the mail server of the house. What waits in the outbox is a reference only. */
@Component
class EmailChannel implements PeopleChannel {

  private final MailServer server;
  private final Outbox outbox;

  EmailChannel(MailServer server, Outbox outbox) {
    this.server = server;
    this.outbox = outbox;
  }

  @Override
  public Channel channel() {
    return Channel.EMAIL;
  }

  @Override
  public boolean isOn() {
    return server.isConfigured();
  }

  @Override
  public boolean isPersonal() {
    return true;
  }

  @Override
  public Optional<String> recipient(Asked person) {
    return Optional.of(person.subject());
  }

  @Override
  public void take(Told told, ApprovalRequest request, Instant notBefore) {
    outbox.enqueue(
        new OutgoingMessage(
            MailServer.ENDPOINT,
            "review." + told.saying().wire(),
            Optional.of(request.id()),
            new Reference(told.id(), told.turn()).bytes()),
        notBefore);
  }
}
