package io.countersign.intake;

import io.countersign.handback.GrantRelease;
import io.countersign.identity.Caller;
import io.countersign.request.DecisionView;
import io.countersign.request.GrantStatus;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Lets an agent whose grant is about to be released wait for it in the same call, instead of asking
 * again a tenth of a second later.
 */
@Component
class Released {

  private final GrantRelease release;
  private final Answers answers;

  Released(GrantRelease release, Answers answers) {
    this.release = release;
    this.answers = answers;
  }

  /** The answer, with its grant if that is released within a moment; outside of transactions. */
  Answer of(Caller caller, Answer answer) {
    if (caller.isPerson() || !isAwaited(answer)) {
      return answer;
    }
    await(answer);
    return answers.to(caller, answer.request().id()).orElse(answer);
  }

  /** The same for a plan: it waits once, for the step that comes last in the log. */
  PlanAnswer of(Caller caller, PlanAnswer plan) {
    List<Answer> awaited = plan.steps().stream().filter(Released::isAwaited).toList();
    if (caller.isPerson() || awaited.isEmpty()) {
      return plan;
    }
    await(awaited.get(awaited.size() - 1));
    return answers.toPlan(caller, plan.planId()).orElse(plan);
  }

  private static boolean isAwaited(Answer answer) {
    DecisionView decision = answer.request().decision();
    return decision != null && decision.grantStatus() == GrantStatus.AWAITING_PROOF;
  }

  private void await(Answer answer) {
    release.awaitProof(answer.request().id(), answer.request().route());
  }
}
