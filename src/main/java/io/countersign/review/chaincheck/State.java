package io.countersign.review.chaincheck;

/**
 * A token at a place.
 *
 * @param arrivedBy the flow by which it waits at a join; empty everywhere else
 */
record State(Place place, Token token, String arrivedBy) {

  static State of(Place place, Token token) {
    return new State(place, token, "");
  }

  Node node() {
    return place.node();
  }

  boolean waitsAtJoin() {
    return !arrivedBy.isEmpty();
  }
}
