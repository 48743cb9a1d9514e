package io.countersign.notification.email;

import io.countersign.delivery.Letter;
import io.countersign.delivery.Letters;
import io.countersign.delivery.Undelivered;
import io.countersign.identity.Mailbox;
import io.countersign.identity.Mailboxes;
import io.countersign.notification.ReviewFacts;
import io.countersign.notification.ToldRows;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes a mail when its turn has come: what it says is true then, and where it goes is fresh. */
@Component
class MailLetters implements Letters {

  private final Drafts drafts;
  private final ToldRows told;
  private final Mailboxes mailboxes;
  private final TransactionTemplate transactions;

  MailLetters(
      Drafts drafts, ToldRows told, Mailboxes mailboxes, PlatformTransactionManager transactions) {
    this.drafts = drafts;
    this.told = told;
    this.mailboxes = mailboxes;
    this.transactions = new TransactionTemplate(transactions);
  }

  @Override
  public Optional<Letter> write(byte[] message) throws IOException {
    Optional<Draft> draft = draft(Reference.of(message));
    return draft.isEmpty() ? Optional.empty() : Optional.of(addressed(draft.get()));
  }

  private Optional<Draft> draft(Reference reference) throws Undelivered {
    try {
      // Never null: the drafts answer with an Optional.
      Optional<Draft> draft = transactions.execute(transaction -> drafts.of(reference));
      return draft == null ? Optional.empty() : draft;
    } catch (ReviewFacts.NotKnownNow e) {
      throw Undelivered.forNow("Keycloak does not say who holds the role");
    }
  }

  private Letter addressed(Draft draft) throws Undelivered {
    Mailbox mailbox = mailboxes.of(draft.recipient());
    if (!mailbox.isKnown()) {
      throw Undelivered.forNow("Keycloak does not say where to");
    }
    String address =
        mailbox
            .address()
            .orElseThrow(
                () -> Undelivered.forGood("Keycloak has no verified mail address of the person"));
    return new Letter(
        address, draft.id(), draft.about(), draft.subject(), draft.text(), draft.html());
  }

  @Override
  public void sent(byte[] message) {
    Reference reference = Reference.of(message);
    transactions.executeWithoutResult(transaction -> told.sent(reference.told(), reference.turn()));
  }
}
