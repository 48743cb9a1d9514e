package io.countersign.review.chaincheck;

import io.countersign.review.chaincheck.Node.Flow;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An element, reached through certain call activities.
 *
 * @param caller the call activity whose process holds the element; null in the chain itself
 */
record Place(Node node, @Nullable Place caller) {

  static Place of(Node node) {
    return new Place(node, null);
  }

  Place with(Node other) {
    return new Place(other, caller);
  }

  Place to(Flow flow) {
    return with(flow.to());
  }

  boolean isCalled() {
    return caller != null;
  }

  /** How many sub-processes and called processes are around it. */
  int depth() {
    return node.level() + (caller == null ? 0 : caller.depth() + 1);
  }

  /** The sub-process or call activity around it; null around the chain. */
  @Nullable Place around() {
    return node.scope().map(this::with).orElse(caller);
  }

  /** Itself and everything around it, innermost first. */
  Stream<Place> outwards() {
    return Stream.<Place>iterate(this, Objects::nonNull, Place::around);
  }
}
