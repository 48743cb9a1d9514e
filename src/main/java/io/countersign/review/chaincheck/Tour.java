package io.countersign.review.chaincheck;

import io.countersign.review.chaincheck.Finding.Step;
import io.countersign.review.chaincheck.Token.Branch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Everything that can happen to the tokens of one chain, and how each of them got there. */
final class Tour {

  private static final int TOO_LARGE = 50_000;

  private final Drawing chain;
  private final Moves moves;
  private final Map<State, State> cameFrom = new LinkedHashMap<>();
  private final Map<State, Set<State>> leadsTo = new HashMap<>();
  private final Map<Place, List<State>> atJoin = new HashMap<>();
  private final Deque<State> next = new ArrayDeque<>();
  private final List<Finding> notes = new ArrayList<>();

  private Tour(Drawing chain, Models models, Vocabulary vocabulary, boolean inSilence) {
    this.chain = chain;
    this.moves = new Moves(models, vocabulary, inSilence, this::note);
  }

  static Tour of(Drawing chain, Models models, Vocabulary vocabulary) {
    return new Tour(chain, models, vocabulary, false).walked();
  }

  /** Only what can happen while no person decides anything. */
  static Tour inSilence(Drawing chain, Models models, Vocabulary vocabulary) {
    return new Tour(chain, models, vocabulary, true).walked();
  }

  private Tour walked() {
    for (Node start : chain.topLevel().filter(Node::isStart).toList()) {
      State first = State.of(Place.of(start), Token.FRESH);
      cameFrom.put(first, first);
      next.add(first);
    }
    while (!next.isEmpty() && cameFrom.size() < TOO_LARGE) {
      State state = next.remove();
      moves.after(state).forEach(after -> reach(state, after));
      if (state.waitsAtJoin()) {
        join(state);
      }
    }
    if (!next.isEmpty()) {
      note("too-large", next.remove(), "There are too many ways through this chain to check all.");
    }
    return this;
  }

  private void reach(State from, State to) {
    leadsTo.computeIfAbsent(from, any -> new LinkedHashSet<>()).add(to);
    if (cameFrom.putIfAbsent(to, from) == null) {
      next.add(to);
    }
  }

  /**
   * The engine's join counts tokens and does not look which branch they come from. So a join is
   * accepted only where each branch of one gateway has a way of its own into it.
   */
  private void join(State arrived) {
    Place place = arrived.place();
    List<State> waiting = atJoin.computeIfAbsent(place, any -> new ArrayList<>());
    waiting.add(arrived);
    Branch branch = arrived.token().branchAt(place.depth()).orElse(null);
    if (branch == null || branch.isSide()) {
      note(
          Rules.JOINED_BRANCHES,
          arrived,
          "This waits for branches that no gateway before it has opened.");
      reach(arrived, State.of(place, arrived.token()));
      return;
    }
    List<State> siblings = waiting.stream().filter(other -> isSibling(other, arrived)).toList();
    if (!matches(branch, place, siblings)) {
      note(
          Rules.JOINED_BRANCHES,
          arrived,
          "This does not join the branches of "
              + branch.opened().node()
              + " one by one: a join counts tokens, whichever branch they come by.");
      reach(arrived, State.of(place, arrived.token().withoutInnermost()));
      return;
    }
    pass(arrived, siblings, place);
  }

  private static boolean isSibling(State one, State other) {
    return !one.token().branches().isEmpty()
        && !other.token().branches().isEmpty()
        && innermost(one).opened().equals(innermost(other).opened())
        && one.token()
            .withoutInnermost()
            .branches()
            .equals(other.token().withoutInnermost().branches());
  }

  private static Branch innermost(State state) {
    List<Branch> branches = state.token().branches();
    return branches.get(branches.size() - 1);
  }

  private static boolean matches(Branch branch, Place join, List<State> siblings) {
    boolean sameNumber = branch.opened().node().out().size() == join.node().in().size();
    return sameNumber
        && siblings.stream()
            .allMatch(
                one ->
                    siblings.stream()
                        .allMatch(
                            other ->
                                one.arrivedBy().equals(other.arrivedBy())
                                    == (innermost(one).number() == innermost(other).number())));
  }

  private void pass(State arrived, List<State> siblings, Place join) {
    int ways = join.node().in().size();
    int own = innermost(arrived).number();
    Map<Token, Set<State>> joined = new LinkedHashMap<>();
    joined.put(arrived.token(), Set.of(arrived));
    for (int way = 0; way < ways; way++) {
      if (way != own) {
        int number = way;
        joined =
            joinedWith(
                joined,
                siblings.stream().filter(other -> innermost(other).number() == number).toList());
      }
    }
    joined.forEach(
        (token, from) -> {
          State passed = State.of(join, token.withoutInnermost());
          reach(arrived, passed);
          from.forEach(one -> reach(one, passed));
        });
  }

  private static Map<Token, Set<State>> joinedWith(
      Map<Token, Set<State>> joined, List<State> others) {
    Map<Token, Set<State>> more = new LinkedHashMap<>();
    joined.forEach(
        (token, from) ->
            others.forEach(
                other -> {
                  Set<State> all =
                      more.computeIfAbsent(
                          token.joinedWith(other.token()), any -> new LinkedHashSet<>());
                  all.addAll(from);
                  all.add(other);
                }));
    return more;
  }

  private void note(String rule, State at, String sentence) {
    notes.add(finding(rule, at, sentence));
  }

  Finding finding(String rule, State at, String sentence) {
    return new Finding(rule, chain.file(), chain.id(), path(at), sentence);
  }

  private List<Step> path(State goal) {
    Deque<Step> steps = new ArrayDeque<>();
    State at = goal;
    while (true) {
      if (steps.isEmpty() || !steps.getFirst().equals(at.node().step())) {
        steps.addFirst(at.node().step());
      }
      State before = Objects.requireNonNull(cameFrom.get(at));
      if (before.equals(at)) {
        return List.copyOf(steps);
      }
      at = before;
    }
  }

  Drawing chain() {
    return chain;
  }

  Moves moves() {
    return moves;
  }

  List<Finding> notes() {
    return notes;
  }

  Collection<State> states() {
    return cameFrom.keySet();
  }

  /** Those from which some end can still be reached. */
  Set<State> ending() {
    Map<State, List<State>> before = new HashMap<>();
    leadsTo.forEach(
        (from, all) ->
            all.forEach(to -> before.computeIfAbsent(to, any -> new ArrayList<>()).add(from)));
    Set<State> ending = new HashSet<>();
    Deque<State> open = new ArrayDeque<>();
    cameFrom.keySet().stream().filter(this::isOver).forEach(open::add);
    while (!open.isEmpty()) {
      State state = open.remove();
      if (ending.add(state)) {
        open.addAll(before.getOrDefault(state, List.of()));
      }
    }
    return ending;
  }

  private boolean isOver(State state) {
    return state.node().isEnd() && leadsTo.getOrDefault(state, Set.of()).isEmpty();
  }
}
