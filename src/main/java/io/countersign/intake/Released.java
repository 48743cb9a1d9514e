package io.countersign.intake;

import io.countersign.handback.GrantRelease;
import io.countersign.identity.Caller;
import io.countersign.request.DecisionView;
import io.countersign.request.GrantStatus;
import io.countersign.request.RequestView;
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
    RequestView request = answer.request();
    DecisionView decision = request.decision();
    if (caller.isPerson()
        || decision == null
        || decision.grantStatus() != GrantStatus.AWAITING_PROOF) {
      return answer;
    }
    release.awaitProof(request.id(), request.route());
    return answers.to(caller, request.id()).orElse(answer);
  }
}
