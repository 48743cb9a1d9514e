package io.countersign.review.chaincheck;

import io.countersign.review.chaincheck.Sketch.Arrow;
import io.countersign.review.chaincheck.Sketch.Element;
import io.countersign.review.chaincheck.Sketch.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Plays a sketch with all its tokens at once and in every order, while no person does anything.
 * Knows nothing of the check: whole markings here, single tokens and their paths there.
 */
final class TokenGame {

  /** More markings than this are not looked at. */
  static final int BOUND = 3_000;

  private static final int TOKENS_AT_ONE_PLACE = 2;

  /** What is in one running scope: tokens by element, and the scopes that run inside. */
  private record Run(String scope, String activity, List<String> tokens, List<Run> inside) {

    Run {
      tokens = tokens.stream().sorted().toList();
      inside =
          inside.stream()
              .sorted((one, other) -> one.toString().compareTo(other.toString()))
              .toList();
    }

    Run without(String token) {
      List<String> left = new ArrayList<>(tokens);
      left.remove(token);
      return new Run(scope, activity, left, inside);
    }

    Run with(String token) {
      List<String> more = new ArrayList<>(tokens);
      more.add(token);
      return new Run(scope, activity, more, inside);
    }

    Run without(Run run) {
      List<Run> left = new ArrayList<>(inside);
      left.remove(run);
      return new Run(scope, activity, tokens, left);
    }

    Run with(Run run) {
      List<Run> more = new ArrayList<>(inside);
      more.add(run);
      return new Run(scope, activity, tokens, more);
    }

    Run emptied() {
      return new Run(scope, activity, List.of(), List.of());
    }

    boolean isOver() {
      return tokens.isEmpty() && inside.isEmpty();
    }

    long count(String token) {
      return tokens.stream().filter(token::equals).count();
    }
  }

  private record Marking(Run chain, boolean recorded) {}

  /** Puts a changed scope back where it was; nothing if the scope is gone. */
  private interface Back extends UnaryOperator<Run> {}

  private final Sketch sketch;
  private final Set<Marking> seen = new HashSet<>();
  private final Deque<Marking> open = new ArrayDeque<>();
  private boolean approved;

  private TokenGame(Sketch sketch) {
    this.sketch = sketch;
  }

  /** Whether silence gets to an approval; nothing if there are too many markings to tell. */
  static Optional<Boolean> silenceApproves(Sketch sketch) {
    TokenGame game = new TokenGame(sketch);
    game.reach(new Marking(game.started(Sketch.CHAIN, ""), false));
    while (!game.open.isEmpty() && !game.approved) {
      if (game.seen.size() > BOUND) {
        return Optional.empty();
      }
      Marking marking = game.open.remove();
      game.play(
          marking.chain(),
          marking.recorded(),
          run -> run,
          next -> game.reach(new Marking(next, marking.recorded())),
          next -> game.reach(new Marking(next, true)),
          List.of());
    }
    return Optional.of(game.approved);
  }

  private void reach(Marking marking) {
    if (seen.add(marking)) {
      open.add(marking);
    }
  }

  private Run started(String scope, String activity) {
    List<String> tokens =
        sketch.in(scope).stream()
            .filter(it -> it.kind() == Kind.START || it.kind() == Kind.TIMER_START)
            .map(Element::id)
            .toList();
    return new Run(scope, activity, tokens, List.of());
  }

  /**
   * Every step that is possible in a scope and below it.
   *
   * @param back makes the whole marking of a changed scope
   * @param around the scopes around it, innermost last, with what puts them back
   */
  private void play(
      Run run,
      boolean recorded,
      Back back,
      Consumer<Run> next,
      Consumer<Run> nextRecorded,
      List<Around> around) {
    List<Around> here = new ArrayList<>(around);
    here.add(new Around(run, back));
    for (String token : new HashSet<>(run.tokens())) {
      step(sketch.element(token), run, recorded, back, next, nextRecorded, here);
    }
    for (Run inner : new HashSet<>(run.inside())) {
      if (inner.isOver()) {
        completed(run, inner).stream().map(back).forEach(next);
      }
      Back innerBack = changed -> back.apply(run.without(inner).with(changed));
      play(inner, recorded, innerBack, next, nextRecorded, here);
      if (rests(inner)) {
        events(inner.activity(), run, run.without(inner), back, next);
      }
    }
    if (rests(run)) {
      for (Element event : sketch.in(run.scope())) {
        if (event.kind() == Kind.EVENT_SCOPE) {
          start(event, run).map(back).ifPresent(next);
        }
      }
    }
  }

  private record Around(Run run, Back back) {}

  private List<Run> completed(Run run, Run inner) {
    Run left = run.without(inner);
    return sketch.element(inner.activity()).kind() == Kind.EVENT_SCOPE
        ? List.of(left)
        : onwards(inner.activity(), left);
  }

  private List<Run> onwards(String from, Run run) {
    Run moved = run;
    for (Arrow arrow : sketch.from(from)) {
      moved = arrive(arrow, moved);
    }
    return List.of(moved);
  }

  private Run arrive(Arrow arrow, Run run) {
    if (sketch.element(arrow.to()).kind() == Kind.APPROVED) {
      approved = true;
    }
    return run.with(arrow.to());
  }

  private Optional<Run> start(Element event, Run run) {
    Element start =
        sketch.in(event.id()).stream()
            .filter(it -> it.kind() == Kind.TIMER_START)
            .findFirst()
            .orElseThrow();
    boolean isRunning = run.inside().stream().anyMatch(it -> it.activity().equals(event.id()));
    if (isRunning) {
      return Optional.empty();
    }
    Run kept = start.once() ? run.emptied() : run;
    return Optional.of(kept.with(started(event.id(), event.id())));
  }

  private boolean rests(Run run) {
    return run.tokens().stream()
            .map(sketch::element)
            .anyMatch(it -> it.kind() == Kind.PERSON || it.kind() == Kind.PAUSE)
        || run.inside().stream().anyMatch(this::rests);
  }

  /** The timers on something that is still going on. */
  private void events(String activity, Run run, Run without, Back back, Consumer<Run> next) {
    for (Element event : sketch.eventsOn(activity)) {
      if (event.kind() == Kind.DEADLINE) {
        next.accept(back.apply(without.with(event.id())));
      } else if (event.kind() == Kind.NUDGE && run.count(event.id()) < TOKENS_AT_ONE_PLACE) {
        next.accept(back.apply(run.with(event.id())));
      }
    }
  }

  private void step(
      Element at,
      Run run,
      boolean recorded,
      Back back,
      Consumer<Run> next,
      Consumer<Run> nextRecorded,
      List<Around> here) {
    Run left = run.without(at.id());
    switch (at.kind()) {
      case START, TIMER_START, STEP, PAUSE, FORK, DEADLINE, NUDGE, CATCH ->
          onwards(at.id(), left).stream().map(back).forEach(next);
      case CONCLUDE -> onwards(at.id(), left).stream().map(back).forEach(nextRecorded);
      case PERSON -> {
        skipped(at, left).stream().map(back).forEach(next);
        events(at.id(), run, left, back, next);
      }
      case CHOICE ->
          sketch.from(at.id()).stream()
              .filter(arrow -> !asksApproval(arrow) || !recorded)
              .map(arrow -> choose(arrow, left))
              .map(back)
              .forEach(next);
      case JOIN -> {
        long ways = sketch.into(at.id());
        if (run.count(at.id()) >= ways) {
          Run joined = run;
          for (int i = 0; i < ways; i++) {
            joined = joined.without(at.id());
          }
          onwards(at.id(), joined).stream().map(back).forEach(next);
        }
      }
      case SCOPE, CALL -> {
        skipped(at, left).stream().map(back).forEach(next);
        String inner = at.kind() == Kind.CALL ? at.about() : at.id();
        next.accept(back.apply(left.with(started(inner, at.id()))));
      }
      case END, APPROVED -> next.accept(back.apply(left));
      case TERMINATE -> next.accept(back.apply(run.emptied()));
      case REFUSED -> refused(here).ifPresent(next);
      default -> throw new AssertionError(at);
    }
  }

  private List<Run> skipped(Element at, Run left) {
    return at.once() ? List.of() : onwards(at.id(), left);
  }

  private static boolean asksApproval(Arrow arrow) {
    return arrow.asks().startsWith("approved");
  }

  private Run choose(Arrow arrow, Run left) {
    if (asksApproval(arrow)) {
      approved = true;
    }
    return arrive(arrow, left);
  }

  /** The innermost scope that catches it is broken off. */
  private Optional<Run> refused(List<Around> here) {
    for (int depth = here.size() - 1; depth > 0; depth--) {
      Run broken = here.get(depth).run();
      Around outer = here.get(depth - 1);
      Optional<Element> event =
          sketch.eventsOn(broken.activity()).stream()
              .filter(it -> it.kind() == Kind.CATCH)
              .findFirst();
      if (event.isPresent()) {
        return Optional.of(outer.back().apply(outer.run().without(broken).with(event.get().id())));
      }
    }
    return Optional.empty();
  }
}
