package io.countersign.shared;

import java.util.Set;

/**
 * How the person is found who is asked first.
 *
 * @param mode offered to everybody in the role, or given to one of them
 * @param expertise one of it is enough; empty if none is needed
 * @param seniority who has at least this much is preferred, 1 to 9; 0 for no preference
 */
public record AssignmentPlan(AssignmentMode mode, Set<String> expertise, int seniority) {

  /** Offered to the role, as long as the manifest says nothing else. */
  public static final AssignmentPlan QUEUE = new AssignmentPlan(AssignmentMode.QUEUE, Set.of(), 0);

  /** Copies what it is given. */
  public AssignmentPlan {
    expertise = Set.copyOf(expertise);
  }
}
