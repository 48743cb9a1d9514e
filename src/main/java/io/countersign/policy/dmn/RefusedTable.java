package io.countersign.policy.dmn;

import java.util.List;

/** A routing table that cannot be used, with every problem found. */
public class RefusedTable extends Exception {

  private final transient List<Problem> problems;

  RefusedTable(List<Problem> problems) {
    super(problems.toString());
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * One thing that is wrong.
   *
   * @param element the id of the element in the file
   */
  public record Problem(String element, String sentence) {}
}
