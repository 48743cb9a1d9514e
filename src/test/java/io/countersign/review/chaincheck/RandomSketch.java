package io.countersign.review.chaincheck;

import io.countersign.review.chaincheck.Sketch.Kind;
import java.util.List;
import java.util.Random;

/** Makes chains up from the blocks that designers compose, good and bad ones alike. */
final class RandomSketch {

  private final Random random;
  private final Sketch sketch = new Sketch();
  private int budget;

  private RandomSketch(long seed) {
    this.random = new Random(seed);
    this.budget = 3 + random.nextInt(12);
  }

  static Sketch of(long seed) {
    RandomSketch maker = new RandomSketch(seed);
    if (maker.chance(50)) {
      maker.sketch.processes.add("block-one");
      maker.process("block-one");
    }
    maker.process(Sketch.CHAIN);
    return maker.sketch;
  }

  private void process(String process) {
    scope(process);
    if (chance(15)) {
      String event = sketch.add(Kind.EVENT_SCOPE, process);
      String start = sketch.add(Kind.TIMER_START, event, "", chance(50));
      String end = steps(start, event, 1);
      end(end, event);
    }
  }

  private void scope(String scope) {
    end(sequence(sketch.add(Kind.START, scope), scope, 3), scope);
  }

  private void end(String from, String scope) {
    boolean isBlock = !scope.equals(Sketch.CHAIN);
    Kind kind =
        chance(12)
            ? Kind.APPROVED
            : chance(10) ? Kind.TERMINATE : isBlock && chance(15) ? Kind.REFUSED : Kind.END;
    if (chance(50) && !isBlock) {
      String gateway = sketch.add(Kind.CHOICE, scope);
      sketch.connect(from, gateway, "");
      sketch.connect(gateway, sketch.add(Kind.APPROVED, scope), oneOf("approved", "approved", "?"));
      sketch.connect(gateway, sketch.add(kind, scope), "else");
    } else {
      sketch.connect(from, sketch.add(kind, scope), "");
    }
  }

  /** Appends some blocks and returns what the last one leaves by. */
  private String sequence(String from, String scope, int depth) {
    String last = from;
    int length = 1 + random.nextInt(3);
    for (int i = 0; i < length && budget > 0; i++) {
      budget--;
      last = block(last, scope, depth);
    }
    return last;
  }

  private String steps(String from, String scope, int depth) {
    String last = from;
    for (int i = random.nextInt(2); i >= 0; i--) {
      last =
          chance(30) && depth > 0 ? next(Kind.CONCLUDE, last, scope) : next(Kind.STEP, last, scope);
    }
    return last;
  }

  private String next(Kind kind, String from, String scope) {
    String id = sketch.add(kind, scope);
    sketch.connect(from, id, "");
    return id;
  }

  private String block(String from, String scope, int depth) {
    int which = random.nextInt(depth > 0 ? 12 : 6);
    return switch (which) {
      case 0 -> next(oneOf(Kind.STEP, Kind.PAUSE), from, scope);
      case 1 -> next(Kind.CONCLUDE, from, scope);
      case 2, 3, 4 -> activity(Kind.PERSON, "", from, scope, depth);
      case 5 -> leaveEarly(from, scope);
      case 6 -> branches(from, scope, depth - 1);
      case 7 -> loop(from, scope, depth - 1);
      case 8 -> parallel(from, scope, depth - 1);
      case 9 -> scoped(from, scope, depth - 1);
      default ->
          sketch.processes.size() > 1 && scope.equals(Sketch.CHAIN)
              ? activity(Kind.CALL, "block-one", from, scope, depth)
              : next(Kind.STEP, from, scope);
    };
  }

  private String scoped(String from, String scope, int depth) {
    String id = activity(Kind.SCOPE, "", from, scope, depth);
    String inside =
        sketch.elements.stream()
            .filter(it -> it.kind() == Kind.SCOPE && it.scope().equals(scope))
            .reduce((first, last) -> last)
            .orElseThrow()
            .id();
    String start = sketch.add(Kind.START, inside);
    end(sequence(start, inside, depth), inside);
    return id;
  }

  /** Something that takes time, with events on it that come back, end, or approve. */
  private String activity(Kind kind, String about, String from, String scope, int depth) {
    String id = sketch.add(kind, scope, about, !chance(12));
    sketch.connect(from, id, "");
    String after = next(Kind.STEP, id, scope);
    if (chance(60)) {
      side(Kind.DEADLINE, id, after, scope, depth);
    }
    if (chance(20)) {
      String nudge = sketch.add(Kind.NUDGE, scope, id, false);
      sketch.connect(
          steps(nudge, scope, 0), sketch.add(chance(85) ? Kind.END : Kind.APPROVED, scope), "");
    }
    if (kind != Kind.PERSON && chance(60)) {
      side(Kind.CATCH, id, after, scope, depth);
    }
    return after;
  }

  private void side(Kind kind, String on, String after, String scope, int depth) {
    String event = sketch.add(kind, scope, on, true);
    String last = steps(event, scope, depth);
    if (chance(60)) {
      sketch.connect(last, after, "");
    } else {
      end(last, scope);
    }
  }

  private String leaveEarly(String from, String scope) {
    String gateway = sketch.add(Kind.CHOICE, scope);
    sketch.connect(from, gateway, "");
    String onwards = sketch.add(Kind.STEP, scope);
    String asks = oneOf("approved", "approved_with_edits", "?");
    Kind kind = asks.equals("?") ? oneOf(Kind.END, Kind.END, Kind.APPROVED) : Kind.APPROVED;
    sketch.connect(gateway, sketch.add(kind, scope), asks);
    sketch.connect(gateway, onwards, "else");
    return onwards;
  }

  private String branches(String from, String scope, int depth) {
    String gateway = sketch.add(Kind.CHOICE, scope);
    String merge = sketch.add(Kind.STEP, scope);
    sketch.connect(from, gateway, "");
    for (String asks : List.of(oneOf("?", "?", "approved"), "else")) {
      String first = sketch.add(Kind.STEP, scope);
      sketch.connect(gateway, first, asks);
      sketch.connect(sequence(first, scope, depth), merge, "");
    }
    return merge;
  }

  private String loop(String from, String scope, int depth) {
    String head = sketch.add(Kind.STEP, scope);
    sketch.connect(from, head, "");
    String gateway = sketch.add(Kind.CHOICE, scope);
    sketch.connect(sequence(head, scope, depth), gateway, "");
    String onwards = sketch.add(Kind.STEP, scope);
    sketch.connect(gateway, head, "?");
    sketch.connect(gateway, onwards, "else");
    return onwards;
  }

  private String parallel(String from, String scope, int depth) {
    String fork = sketch.add(Kind.FORK, scope);
    String join = sketch.add(Kind.JOIN, scope);
    sketch.connect(from, fork, "");
    for (int way = 0; way < 2; way++) {
      String first = sketch.add(Kind.STEP, scope);
      sketch.connect(fork, first, "");
      sketch.connect(sequence(first, scope, depth), join, "");
    }
    return join;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
