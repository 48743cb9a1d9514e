package io.countersign.review.chaincheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What matters about the way that a token has come.
 *
 * @param personAsked whether it went into a review by people
 * @param concluded whether the outcome is recorded
 * @param handedBack whether the agent was told
 * @param cutShort whether a review was broken off, so that votes that are owed are missing
 * @param asked the recorded outcome that a gateway asked for; empty if none did
 * @param branches what it must be joined with, outermost first
 */
record Token(
    boolean personAsked,
    boolean concluded,
    boolean handedBack,
    boolean cutShort,
    String asked,
    List<Branch> branches) {

  static final Token FRESH = new Token(false, false, false, false, "", List.of());

  /**
   * One of several tokens that run at the same time.
   *
   * @param opened the gateway or event that made them
   * @param number which of its ways; meaningless on a side path
   * @param depth how deep the scope lies in which it runs
   * @param isSide whether it runs beside the main path and can never be joined with it
   */
  record Branch(Place opened, int number, int depth, boolean isSide) {}

  Token asking() {
    return new Token(true, concluded, handedBack, cutShort, asked, branches);
  }

  Token concluding() {
    return new Token(personAsked, true, handedBack, cutShort, asked, branches);
  }

  Token handingBack() {
    return new Token(personAsked, concluded, true, cutShort, asked, branches);
  }

  Token cut() {
    return new Token(personAsked, concluded, handedBack, true, asked, branches);
  }

  Token asking(String outcome) {
    return new Token(personAsked, concluded, handedBack, cutShort, outcome, branches);
  }

  private Token on(List<Branch> others) {
    return new Token(personAsked, concluded, handedBack, cutShort, asked, List.copyOf(others));
  }

  Token on(Branch branch) {
    return on(Stream.concat(branches.stream(), Stream.of(branch)).toList());
  }

  /** What is left when everything deeper is broken off. */
  Token upTo(int depth) {
    return on(branches.stream().filter(branch -> branch.depth() <= depth).toList());
  }

  Token withoutInnermost() {
    return on(branches.subList(0, branches.size() - 1));
  }

  /** The branch that it runs on in the scope of that depth. */
  Optional<Branch> branchAt(int depth) {
    return branches.isEmpty()
        ? Optional.empty()
        : Optional.of(branches.get(branches.size() - 1)).filter(last -> last.depth() == depth);
  }

  boolean isBeside() {
    return branches.stream().anyMatch(Branch::isSide);
  }

  boolean isOnBranchOf(Place gateway) {
    return branches.stream().anyMatch(branch -> branch.opened().equals(gateway));
  }

  /** One token for two that were joined. */
  Token joinedWith(Token other) {
    return new Token(
        personAsked || other.personAsked,
        concluded || other.concluded,
        handedBack || other.handedBack,
        cutShort || other.cutShort,
        asked.isEmpty() ? other.asked : asked,
        new ArrayList<>(branches));
  }
}
