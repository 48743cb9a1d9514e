package io.countersign.review.chaincheck;

import static io.countersign.review.chaincheck.Vocabulary.APPROVING;
import static io.countersign.review.chaincheck.Vocabulary.CONCLUDE;
import static io.countersign.review.chaincheck.Vocabulary.HAND_BACK;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold whenever a token arrives somewhere, whichever way it has come. */
final class WalkRules {

  private static final Pattern APPROVAL = Pattern.compile("approv", Pattern.CASE_INSENSITIVE);

  private interface Arrival {
    /** The sentence against it, or null. */
    @Nullable String against(State state);
  }

  private record Rule(String name, Arrival arrival) {}

  private final Vocabulary vocabulary;
  private final Expressions expressions;
  private final Tour tour;
  private final boolean isChain;
  private final List<Rule> rules;

  private WalkRules(Tour tour, Vocabulary vocabulary) {
    this.tour = tour;
    this.vocabulary = vocabulary;
    this.expressions = new Expressions(vocabulary);
    this.isChain = !vocabulary.isBlock(tour.chain().id());
    this.rules =
        List.of(
            new Rule(Rules.CONCLUDED_ONCE, this::concludesTwice),
            new Rule(Rules.CONCLUDED_ONCE, this::concludesInABranch),
            new Rule(Rules.CONCLUDED_ONCE, this::concludesInACall),
            new Rule(Rules.CONCLUDED_ONCE, this::asksAfterwards),
            new Rule(Rules.CONCLUDED_ONCE, this::endsUnconcluded),
            new Rule(Rules.HANDED_BACK, this::handsBackTooEarly),
            new Rule(Rules.HANDED_BACK, this::handsBackTwice),
            new Rule(Rules.HANDED_BACK, this::waitsBeforeHandingBack),
            new Rule(Rules.HANDED_BACK, this::endsUnsaid),
            new Rule(Rules.ASKS_THE_OUTCOME, this::saysWhatWasNotAsked),
            new Rule(Rules.PERSON_ASKED, this::approvesWithoutPeople),
            new Rule(Rules.SIDE_PATHS, this::doesMoreBeside),
            new Rule(Rules.NO_ORPHAN, this::waitsForEver));
  }

  static List<Finding> findings(Tour tour, Vocabulary vocabulary) {
    WalkRules rules = new WalkRules(tour, vocabulary);
    List<Finding> findings = new ArrayList<>(tour.notes());
    for (State state : tour.states()) {
      if (!state.waitsAtJoin()) {
        rules.against(state).forEach(findings::add);
      }
    }
    return findings;
  }

  /** Silence approves where it gets to an end, or takes a flow, that says so. */
  static List<Finding> silentApprovals(Tour silence) {
    List<Finding> findings =
        new ArrayList<>(
            silence.notes().stream()
                .filter(note -> note.rule().equals(Rules.NO_SILENT_APPROVAL))
                .toList());
    silence.states().stream()
        .filter(state -> saysApproved(state.node()))
        .map(
            state ->
                silence.finding(
                    Rules.NO_SILENT_APPROVAL,
                    state,
                    "Without a decision of any person, a token gets to the approving end "
                        + state.node()
                        + "."))
        .forEach(findings::add);
    return findings;
  }

  static boolean saysApproved(Node node) {
    return node.isEnd() && APPROVAL.matcher(node.id() + " " + node.name()).find();
  }

  private Stream<Finding> against(State state) {
    return rules.stream()
        .flatMap(
            rule ->
                Stream.ofNullable(rule.arrival().against(state))
                    .map(sentence -> tour.finding(rule.name(), state, sentence)));
  }

  private boolean is(State state, String bean) {
    return state.node().delegate().flatMap(expressions::delegate).filter(bean::equals).isPresent();
  }

  private boolean endsChain(State state) {
    return isChain
        && state.node().isEnd()
        && !state.place().isCalled()
        && state.node().scope().stream().allMatch(Node::isEventSubProcess);
  }

  private @Nullable String concludesTwice(State state) {
    return is(state, CONCLUDE) && state.token().concluded()
        ? "The request is concluded a second time."
        : null;
  }

  private @Nullable String concludesInABranch(State state) {
    return is(state, CONCLUDE) && !state.token().branches().isEmpty()
        ? "The request is concluded while another branch is still running."
        : null;
  }

  private @Nullable String concludesInACall(State state) {
    return is(state, CONCLUDE) && state.place().isCalled()
        ? "A called process concludes the request; only the chain itself may."
        : null;
  }

  private @Nullable String asksAfterwards(State state) {
    boolean asks = state.node().isUserTask() || state.node().call().isPresent();
    return asks && state.token().concluded()
        ? "Somebody is asked after the request was concluded."
        : null;
  }

  private @Nullable String endsUnconcluded(State state) {
    return endsChain(state) && !state.token().concluded()
        ? "The chain ends here without having concluded the request."
        : null;
  }

  private @Nullable String handsBackTooEarly(State state) {
    return is(state, HAND_BACK) && !state.token().concluded()
        ? "The decision is handed back before the request was concluded."
        : null;
  }

  private @Nullable String handsBackTwice(State state) {
    return is(state, HAND_BACK) && state.token().handedBack()
        ? "The decision is handed back a second time."
        : null;
  }

  private @Nullable String waitsBeforeHandingBack(State state) {
    return state.node().isWait() && state.token().concluded() && !state.token().handedBack()
        ? "The request is concluded, and this waits before the agent is told."
        : null;
  }

  private @Nullable String endsUnsaid(State state) {
    return endsChain(state) && state.token().concluded() && !state.token().handedBack()
        ? "The chain ends here, and the agent was never told."
        : null;
  }

  private @Nullable String saysWhatWasNotAsked(State state) {
    if (!endsChain(state) || !state.token().concluded()) {
      return null;
    }
    String asked = state.token().asked();
    Optional<String> says = Ends.outcome(state.node());
    if (saysApproved(state.node()) && !says.filter(asked::equals).isPresent()) {
      return "This end says approved, but no gateway on the way asked whether the recorded outcome"
          + " is "
          + says.orElse("approved")
          + ".";
    }
    return !asked.isEmpty() && !says.filter(asked::equals).isPresent()
        ? "The recorded outcome is " + asked + " here, but this end says something else."
        : null;
  }

  private @Nullable String approvesWithoutPeople(State state) {
    boolean approves = saysApproved(state.node()) || APPROVING.contains(state.token().asked());
    return endsChain(state) && approves && !state.token().personAsked()
        ? "An approval is reached without any review by people."
        : null;
  }

  private @Nullable String doesMoreBeside(State state) {
    Node node = state.node();
    boolean asks = node.call().isPresent() || node.isWait();
    boolean breaksOff = node.isTerminate() || (node.isEnd() && node.isError());
    boolean closes = is(state, CONCLUDE) || is(state, HAND_BACK);
    return state.token().isBeside() && (asks || breaksOff || closes)
        ? "This runs beside a review that goes on, and may only note something and end."
        : null;
  }

  private @Nullable String waitsForEver(State state) {
    return state.node().isWait() && !hasDeadline(state.place())
        ? "This can wait for ever: no interrupting timer on it, or on anything around it, ends it."
        : null;
  }

  private boolean hasDeadline(Place wait) {
    boolean waitsForATimer =
        wait.node().isTimer()
            || wait.node().isEventGateway()
                && wait.node().out().stream().anyMatch(flow -> flow.to().isTimer());
    return waitsForATimer || wait.outwards().anyMatch(this::isTimed);
  }

  private boolean isTimed(Place place) {
    return place.node().boundaries().stream().anyMatch(WalkRules::ends)
        || tour.moves()
            .eventSubProcessesBeside(place)
            .flatMap(sub -> sub.inner().stream())
            .anyMatch(WalkRules::ends);
  }

  private static boolean ends(Node event) {
    return event.isTimer() && event.isInterrupting();
  }
}
