package io.countersign.review.chaincheck;

import static io.countersign.review.chaincheck.Vocabulary.APPROVING;
import static io.countersign.review.chaincheck.Vocabulary.CONCLUDE;
import static io.countersign.review.chaincheck.Vocabulary.HAND_BACK;
import static io.countersign.review.chaincheck.Vocabulary.STAGE_CLOSED;

import io.countersign.review.chaincheck.Node.Flow;
import io.countersign.review.chaincheck.Token.Branch;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;

/**
 * Where a token can be next. What cannot be decided goes both ways; what may fire, fires.
 *
 * <p>In silence no person completes anything: only time passes, agents speak, and events happen.
 */
final class Moves {

  /** Told about what makes a model wrong whatever its rules say. */
  interface Notes {
    void note(String rule, State at, String sentence);
  }

  private final Models models;
  private final Vocabulary vocabulary;
  private final Expressions expressions;
  private final boolean inSilence;
  private final Notes notes;

  Moves(Models models, Vocabulary vocabulary, boolean inSilence, Notes notes) {
    this.models = models;
    this.vocabulary = vocabulary;
    this.expressions = new Expressions(vocabulary);
    this.inSilence = inSilence;
    this.notes = notes;
  }

  Stream<State> after(State state) {
    return state.waitsAtJoin()
        ? Stream.empty()
        : Stream.concat(onwards(state), interruptions(state));
  }

  private Stream<State> onwards(State state) {
    Node node = state.node();
    if (node.isEnd()) {
      return ends(state);
    }
    if (node.isUserTask() && inSilence) {
      return nobodyAsked(state);
    }
    if (node.isSubProcess()) {
      Stream<State> inside =
          node.inner().stream()
              .filter(Node::isStart)
              .map(start -> State.of(state.place().with(start), state.token()));
      return Stream.concat(nobodyAsked(state), inside);
    }
    if (node.call().isPresent()) {
      return Stream.concat(nobodyAsked(state), calls(state));
    }
    return leave(state, effect(state));
  }

  /** A multi-instance over nothing is passed at once. */
  private Stream<State> nobodyAsked(State state) {
    boolean mayBeEmpty =
        state.node().multiInstance().filter(loop -> !asksSomebody(loop)).isPresent();
    return mayBeEmpty ? leave(state, state.token()) : Stream.empty();
  }

  private boolean asksSomebody(MultiInstanceLoopCharacteristics loop) {
    return loop.getCamundaCollection() == null
        ? loop.getLoopCardinality() != null
            && expressions.isCardinality(loop.getLoopCardinality().getTextContent())
        : expressions.isCollection(loop.getCamundaCollection());
  }

  private Stream<State> calls(State state) {
    Optional<Drawing> called = models.called(state.node());
    if (called.isEmpty()) {
      return Stream.concat(leave(state, state.token()), caught(state, STAGE_CLOSED).stream());
    }
    Token token = asksPeople(called.get()) ? state.token().asking() : state.token();
    return called.get().start().stream()
        .map(start -> State.of(new Place(start, state.place()), token));
  }

  private boolean asksPeople(Drawing drawing) {
    return drawing.nodes().stream().anyMatch(node -> vocabulary.reviews(drawing.id(), node.id()));
  }

  /** Whether people are asked somewhere inside. */
  boolean asksPeople(Node node) {
    return node.inner().stream().anyMatch(this::asksPeople)
        || vocabulary.reviews(node.process(), node.id())
        || models
            .called(node)
            .filter(called -> called.nodes().stream().anyMatch(this::asksPeople))
            .isPresent();
  }

  private Token effect(State state) {
    Optional<String> bean = state.node().delegate().flatMap(expressions::delegate);
    if (bean.filter(CONCLUDE::equals).isPresent()) {
      return state.token().concluding();
    }
    return bean.filter(HAND_BACK::equals).isPresent() ? state.token().handingBack() : state.token();
  }

  private Stream<State> leave(State state, Token token) {
    Node node = state.node();
    if (node.isThrowing() && node.link().isPresent()) {
      return models
          .drawing(node.process())
          .links(node)
          .map(link -> State.of(state.place().with(link), token));
    }
    if (node.isParallel() && node.out().size() > 1) {
      return fork(state, token);
    }
    return node.out().stream()
        .filter(flow -> isPossible(flow, token) && !isForeclosed(flow, token))
        .map(flow -> take(state, flow, token));
  }

  private Stream<State> fork(State state, Token token) {
    Place gateway = state.place();
    if (token.isOnBranchOf(gateway)) {
      notes.note(
          Rules.JOINED_BRANCHES, state, "This forks again while its branches are still running.");
      return Stream.empty();
    }
    List<Flow> out = state.node().out();
    return IntStream.range(0, out.size())
        .mapToObj(
            number ->
                take(
                    state,
                    out.get(number),
                    token.on(new Branch(gateway, number, gateway.depth(), false))));
  }

  private boolean isPossible(Flow flow, Token token) {
    Optional<String> outcome = Expressions.askedOutcome(flow.condition());
    if (outcome.isEmpty() || !token.concluded()) {
      return true;
    }
    if (!token.asked().isEmpty()) {
      return token.asked().equals(outcome.get());
    }
    return !APPROVING.contains(outcome.get()) || (!inSilence && !token.cutShort());
  }

  /** A default is not taken where another flow asks for the outcome that is known by now. */
  private static boolean isForeclosed(Flow flow, Token token) {
    return flow.isDefault()
        && !token.asked().isEmpty()
        && flow.from().out().stream()
            .map(other -> Expressions.askedOutcome(other.condition()).orElse(""))
            .anyMatch(token.asked()::equals);
  }

  private State take(State state, Flow flow, Token token) {
    Optional<String> outcome = Expressions.askedOutcome(flow.condition());
    State next =
        arrive(
            state.place().to(flow),
            flow,
            outcome.filter(asked -> token.concluded()).map(token::asking).orElse(token));
    if (outcome.isPresent() && !token.concluded()) {
      if (inSilence && APPROVING.contains(outcome.get())) {
        notes.note(
            Rules.NO_SILENT_APPROVAL,
            state,
            "Without a decision of any person, "
                + flow.id()
                + " to "
                + next.node()
                + " is taken as an approval: the outcome is not recorded yet.");
      }
      notes.note(
          Rules.ASKS_THE_OUTCOME,
          state,
          flow.id() + " asks for the outcome before the request was concluded.");
    }
    return next;
  }

  private static State arrive(Place place, Flow flow, Token token) {
    return new State(place, token, place.node().isJoin() ? flow.id() : "");
  }

  private Stream<State> ends(State state) {
    Place place = state.place();
    Token token = state.token();
    if (state.node().isError()) {
      return thrown(state, state.node().errorCode());
    }
    if (state.node().isTerminate()) {
      return completed(place, token.upTo(place.depth() - 1));
    }
    Optional<Branch> open = token.branchAt(place.depth());
    if (open.isEmpty()) {
      return completed(place, token);
    }
    if (!open.get().isSide()) {
      notes.note(
          Rules.JOINED_BRANCHES,
          state,
          "This branch of " + open.get().opened().node() + " ends here without being joined.");
    }
    return Stream.empty();
  }

  /** The scope of an end is left: the sub-process, the call, or, by its event, the scope around. */
  private Stream<State> completed(Place end, Token token) {
    Place around = end.around();
    if (around == null) {
      return Stream.empty();
    }
    if (!around.node().isEventSubProcess()) {
      return leave(State.of(around, token), token);
    }
    return startOf(around.node()).filter(Node::isInterrupting).isPresent()
        ? completed(around, token.upTo(around.depth() - 1))
        : Stream.empty();
  }

  private Stream<State> thrown(State state, String code) {
    Optional<State> caught = caught(state, code);
    boolean isBlock = vocabulary.isBlock(outermost(state.place()).process());
    if (caught.isEmpty() && !isBlock) {
      notes.note(
          Rules.STAGE_CLOSED, state, "Nothing catches the error \"" + code + "\" thrown here.");
    }
    return caught.stream();
  }

  private Optional<State> caught(State state, String code) {
    return state.place().outwards().flatMap(host -> caught(state, host, code).stream()).findFirst();
  }

  private static Node outermost(Place place) {
    return place.outwards().reduce((inner, outer) -> outer).orElse(place).node();
  }

  private Optional<State> caught(State state, Place host, String code) {
    Optional<State> atBoundary =
        host.node().boundaries().stream()
            .filter(event -> event.isError() && catches(event, code))
            .findFirst()
            .map(event -> fire(state, host, event));
    return atBoundary.or(
        () ->
            eventSubProcessesBeside(host)
                .filter(
                    sub ->
                        startOf(sub)
                            .filter(start -> start.isError() && catches(start, code))
                            .isPresent())
                .findFirst()
                .map(sub -> start(state, host.with(sub))));
  }

  private static boolean catches(Node event, String code) {
    return event.errorCode().isEmpty() || event.errorCode().equals(code);
  }

  private Stream<State> interruptions(State state) {
    if (state.node().isEnd()) {
      return Stream.empty();
    }
    boolean rests = state.node().isWait() || isUnknownCall(state.node());
    return state
        .place()
        .outwards()
        .flatMap(
            host ->
                Stream.concat(
                    host.node().boundaries().stream()
                        .filter(event -> mayFire(event, rests))
                        .map(event -> fire(state, host, event)),
                    eventSubProcessesBeside(host)
                        .filter(sub -> startOf(sub).filter(at -> mayFire(at, rests)).isPresent())
                        .map(sub -> start(state, host.with(sub)))));
  }

  private boolean isUnknownCall(Node node) {
    return node.call().isPresent() && models.called(node).isEmpty();
  }

  private static boolean mayFire(Node event, boolean rests) {
    return !event.isError() && (rests || !event.firesAtWaits());
  }

  /** Events of the scope that holds a place; the one it is in has fired already. */
  Stream<Node> eventSubProcessesBeside(Place place) {
    if (place.node().isEventSubProcess()) {
      return Stream.empty();
    }
    return place
        .node()
        .scope()
        .map(Node::eventSubProcesses)
        .orElseGet(() -> models.drawing(place.node().process()).eventSubProcesses())
        .stream();
  }

  private static Optional<Node> startOf(Node sub) {
    return sub.inner().stream().filter(Node::isStart).findFirst();
  }

  private State fire(State state, Place host, Node event) {
    Token left = state.token().upTo(host.depth());
    if (!event.isInterrupting()) {
      return State.of(
          host.with(event), left.on(new Branch(host.with(event), 0, host.depth(), true)));
    }
    boolean cutsReview = !host.node().isUserTask() && asksPeople(host.node());
    return State.of(host.with(event), cutsReview ? left.cut() : left);
  }

  private State start(State state, Place sub) {
    Node start = startOf(sub.node()).orElseThrow();
    Token left = state.token().upTo(sub.depth() - 1);
    if (!start.isInterrupting()) {
      Branch side = new Branch(sub, 0, sub.depth() + 1, true);
      return State.of(sub.with(start), left.on(side));
    }
    boolean cutsReview =
        sub.node().scope().map(this::asksPeople).orElseGet(() -> asksPeople(sub.node().process()));
    return State.of(sub.with(start), cutsReview ? left.cut() : left);
  }

  private boolean asksPeople(String process) {
    return models.drawing(process).nodes().stream().anyMatch(this::asksPeople);
  }
}
