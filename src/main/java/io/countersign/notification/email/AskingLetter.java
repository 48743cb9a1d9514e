package io.countersign.notification.email;

import io.countersign.notification.AgentText;
import io.countersign.notification.Saying;
import io.countersign.request.ApprovalRequest;
import io.countersign.shared.Role;
import io.countersign.shared.Severity;
import java.time.Instant;

/** The mail that asks somebody to decide. It says what to know in the first lines. */
final class AskingLetter {

  private static final int LONGEST_HEADLINE = 300;
  private static final int LONGEST_CONSEQUENCE = 300;
  private static final int LONGEST_NAME = 80;

  private AskingLetter() {}

  /**
   * Where the person is asked.
   *
   * @param holds whether they alone are
   */
  record Place(Instant deadline, Role role, boolean holds) {}

  static LetterText of(Letterhead head, Saying saying, Place place) {
    ApprovalRequest request = head.request();
    boolean objects = request.isWithinItsWindow();
    LetterText letter =
        new LetterText().heading(AgentText.line(head.wording().headline(), LONGEST_HEADLINE));
    if (!head.wording().consequence().isEmpty()) {
      letter.paragraph(AgentText.line(head.wording().consequence(), LONGEST_CONSEQUENCE));
    }
    letter
        .fact("Consequence", consequence(request))
        .fact(objects ? "Object by" : "Decide by", head.moment(place.deadline()))
        .fact("Proposed by", "agent " + AgentText.line(request.agent(), LONGEST_NAME))
        .fact("Why you", why(saying, place));
    letter
        .link(objects ? "Look at it, or object" : "Look at it and decide", head.link())
        .paragraph(objects ? RUNS_ALREADY : WAITS)
        .small("How and when you are told: " + head.links().settings());
    return letter;
  }

  private static final String WAITS =
      "You sign in there first; opening the link decides nothing. If nobody decides in time, it is"
          + " not carried out.";
  private static final String RUNS_ALREADY =
      "It was carried out already and can be taken back. You sign in there first; opening the link"
          + " does nothing. If nobody objects in time, it stays.";

  private static String consequence(ApprovalRequest request) {
    String severity =
        request.severity().map(it -> it == Severity.HIGH ? "high" : "low").orElse("unknown");
    String back =
        request
            .reversible()
            .map(it -> it ? "can be taken back" : "cannot be taken back")
            .orElse("nobody knows whether it can be taken back");
    return severity + "; " + back;
  }

  private static String why(Saying saying, Place place) {
    String role = place.role().realmName();
    String asked =
        place.holds()
            ? "it is with you, as " + role
            : "you are one of those who may decide, as " + role;
    return switch (saying) {
      case REMINDED -> asked + "; nobody has decided yet";
      case ESCALATED -> asked + "; those asked before have not decided";
      default -> asked;
    };
  }
}
