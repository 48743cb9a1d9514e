package io.countersign.intake;

import io.countersign.request.Proposal;
import java.util.List;

/** Several steps that an agent hands over together, already checked for form. */
record ProposedPlan(List<Step> steps, Dependencies dependencies) {

  /**
   * One step.
   *
   * @param body the canonical JSON of its proposal
   */
  record Step(Proposal proposal, byte[] body) {}
}
