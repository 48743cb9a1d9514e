package io.countersign.review.chaincheck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What ends are called, and by which errors blocks are left. */
final class Ends {

  private static final String PREFIX = "EndEvent_";

  private Ends() {}

  /** The outcome that an end names, in its id and in its name alike. */
  static Optional<String> outcome(Node end) {
    String named = end.name().strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    return Vocabulary.OUTCOMES.contains(named) && end.id().startsWith(PREFIX + pascal(named))
        ? Optional.of(named)
        : Optional.empty();
  }

  private static String pascal(String outcome) {
    return Arrays.stream(outcome.split("_"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  static List<Finding> findings(Drawing drawing, boolean isChain) {
    List<Finding> findings = new ArrayList<>();
    for (Node end : drawing.nodes().stream().filter(Node::isEnd).toList()) {
      boolean endsProcess = end.scope().stream().allMatch(Node::isEventSubProcess);
      if (isChain && endsProcess && outcome(end).isEmpty()) {
        findings.add(
            drawing.finding(
                Rules.NAMED_OUTCOMES,
                end,
                "An end of a chain is named by one outcome, in its name and in its id: one of "
                    + Vocabulary.OUTCOMES.stream().sorted().collect(Collectors.joining(", "))
                    + "."));
      }
      if (!(isChain && endsProcess) && (outcome(end).isPresent() || WalkRules.saysApproved(end))) {
        findings.add(
            drawing.finding(
                Rules.NAMED_OUTCOMES,
                end,
                "Only the end of a chain may be named like an outcome; the chain goes on after this one."));
      }
    }
    return findings;
  }

  /** Errors have one name, are thrown by blocks and caught by name. */
  static List<Finding> errors(Drawing drawing, boolean isChain) {
    List<Finding> findings = new ArrayList<>();
    for (Node event : drawing.nodes().stream().filter(Node::isError).toList()) {
      if (!event.errorCode().equals(Vocabulary.STAGE_CLOSED)) {
        findings.add(
            drawing.finding(
                Rules.STAGE_CLOSED,
                event,
                "The only error there is has the code \"" + Vocabulary.STAGE_CLOSED + "\"."));
      }
      if (event.isEnd() && isChain) {
        findings.add(
            drawing.finding(
                Rules.STAGE_CLOSED,
                event,
                "Only a stage is left by an error; a chain ends in an outcome."));
      }
    }
    return findings;
  }
}
