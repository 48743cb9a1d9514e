package io.countersign.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which steps of a plan build on which others.
 *
 * @param before for each step the indices of the steps it depends on
 */
record Dependencies(List<Set<Integer>> before) {

  /** Whether some step, by a detour, depends on itself. */
  boolean isCircular() {
    Set<Integer> done = new HashSet<>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (int step = 0; step < before.size(); step++) {
        if (done.containsAll(before.get(step)) && done.add(step)) {
          progress = true;
        }
      }
    }
    return done.size() < before.size();
  }

  /** The steps that hang together, whichever depends on which; each step is in one group. */
  List<Set<Integer>> groups() {
    List<Set<Integer>> groups = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int step = 0; step < before.size(); step++) {
      if (!seen.contains(step)) {
        Set<Integer> group = connectedWith(step);
        seen.addAll(group);
        groups.add(group);
      }
    }
    return groups;
  }

  private Set<Integer> connectedWith(int first) {
    Set<Integer> group = new HashSet<>(Set.of(first));
    Deque<Integer> open = new ArrayDeque<>(group);
    while (!open.isEmpty()) {
      int step = open.remove();
      IntStream.range(0, before.size())
          .filter(other -> touches(step, other))
          .filter(group::add)
          .forEach(open::add);
    }
    return group;
  }

  private boolean touches(int step, int other) {
    return before.get(step).contains(other) || before.get(other).contains(step);
  }
}
