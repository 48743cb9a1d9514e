package io.countersign.cockpit;

import io.countersign.identity.Caller;
import io.countersign.shared.Role;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;

/** Who may look back at what everybody decided. */
final class LookingBack {

  private LookingBack() {}

  /**
   * Passes managers and auditors.
   *
   * @throws Problem for everybody else
   */
  static void require(Caller caller) {
    if (!caller.isPerson() || !(caller.has(Role.MANAGER) || caller.has(Role.AUDITOR))) {
      throw new Problem(
          ProblemType.FORBIDDEN, "the history is for people with the role manager or auditor");
    }
  }
}
