package io.countersign.notification;

import io.countersign.request.ApprovalRequest;
import io.countersign.request.Stage;
import io.countersign.shared.Role;
import java.util.List;

/** What a message needs to know of a review. The module that knows the rules implements it. */
public interface ReviewFacts {

  /**
   * Who may decide the stage and is there, whether somebody holds it or not.
   *
   * @throws NotKnownNow if nobody can say who holds the role
   */
  List<Asked> asked(Stage stage);

  /** What a message may say of the action. */
  Wording wording(ApprovalRequest request);

  /**
   * Somebody who is asked.
   *
   * @param role in which they are
   * @param now whether it waits for them: they hold it, or nobody does
   */
  record Asked(String subject, Role role, boolean now) {}

  /**
   * What may leave the house. Parts of it are an agent's words, to be shown as text.
   *
   * @param title what all messages about the request are called
   * @param headline what it is about as it stands now
   * @param consequence what happens for good once it runs; empty if that is not known
   */
  record Wording(String title, String headline, String consequence) {}

  /** Keycloak never said who holds the role. */
  final class NotKnownNow extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says so. */
    public NotKnownNow() {
      super("Keycloak does not say who holds the role");
    }
  }
}
