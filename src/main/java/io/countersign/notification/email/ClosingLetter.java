package io.countersign.notification.email;

import io.countersign.notification.AgentText;
import io.countersign.request.ApprovalRequest;
import java.util.stream.Collectors;

/** The last mail to whoever was asked and need not do anything any more. It tells no reasons. */
final class ClosingLetter {

  private static final int LONGEST_HEADLINE = 300;
  private static final int LONGEST_NAME = 80;

  private ClosingLetter() {}

  static LetterText of(Letterhead head) {
    return new LetterText()
        .heading("Nothing left for you to do")
        .paragraph(AgentText.line(head.wording().headline(), LONGEST_HEADLINE))
        .fact("What became of it", outcome(head.request()))
        .link("The request as it is now", head.link());
  }

  private static String outcome(ApprovalRequest request) {
    String by =
        request.decidedBy().stream()
            .map(name -> AgentText.line(name, LONGEST_NAME))
            .collect(Collectors.joining(", "));
    return switch (request.status()) {
      case PENDING, INFORMATION_REQUESTED -> "others go on with it";
      case APPROVED -> by.isEmpty() ? "nobody objected in time" : "approved by " + by;
      case APPROVED_WITH_EDITS -> "approved with edits by " + by;
      case REJECTED -> "rejected by " + by;
      case REVISION_REQUESTED -> "sent back by " + by;
      case ANSWERED -> "answered by " + by;
      case REVOKED -> "called back by " + by;
      case EXPIRED -> "nobody decided in time; it was not carried out";
      case WITHDRAWN -> "its agent does not want it any more";
      case BLOCKED -> "blocked";
    };
  }
}
