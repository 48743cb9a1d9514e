package io.countersign.intake;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.identity.Caller;
import io.countersign.intake.HandOff.Judged;
import io.countersign.policy.Verdict;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.PlanPlace;
import io.countersign.request.Proposal;
import io.countersign.shared.Reason;
import io.countersign.shared.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes a plan in: every step of it is stored in one transaction, or none. Steps that hang together
 * share the fate of the strictest among them; others go on alone.
 */
@Service
class PlanHandOff {

  private static final String RULE = "plan_inherits";
  private static final Reason ASKED =
      new Reason(RULE, "A step of the plan that this one hangs together with needs a person");
  private static final Reason BLOCKED =
      new Reason(RULE, "A step of the plan that this one hangs together with is blocked");

  private final HandOff handOff;
  private final Judgement judgement;
  private final ApprovalRequests requests;
  private final Answers answers;

  PlanHandOff(HandOff handOff, Judgement judgement, ApprovalRequests requests, Answers answers) {
    this.handOff = handOff;
    this.judgement = judgement;
    this.requests = requests;
    this.answers = answers;
  }

  /** What became of a hand-off: a new plan, or the one that the same key made before. */
  record Taken(PlanAnswer answer, boolean isNew) {}

  /**
   * Takes one plan in.
   *
   * @throws io.countersign.shared.problem.Problem if any step or the key is not acceptable; nothing
   *     is stored then
   */
  @Transactional
  public Taken take(Caller agent, String idempotencyKey, ProposedPlan plan, byte[] body) {
    Handed handed = Handed.of(agent, idempotencyKey, body);
    Optional<ApprovalRequest> before = handOff.repeated(handed);
    if (before.isPresent()) {
      UUID id = before.flatMap(ApprovalRequest::planPlace).map(PlanPlace::plan).orElseThrow();
      return taken(agent, id, false);
    }
    HandOff.requireOwner(agent);
    requireAcceptable(agent, plan);
    UUID id = UuidCreator.getTimeOrderedEpoch();
    store(handed, id, plan);
    return taken(agent, id, true);
  }

  private void requireAcceptable(Caller agent, ProposedPlan plan) {
    PlanErrors errors = new PlanErrors();
    for (int i = 0; i < plan.steps().size(); i++) {
      Proposal proposal = plan.steps().get(i).proposal();
      errors.inStep(i, () -> handOff.requireAcceptable(agent, proposal));
    }
    errors.throwIfAny();
  }

  private void store(Handed handed, UUID id, ProposedPlan plan) {
    List<Judged> judged = judged(handed.agent(), id, plan);
    plan.dependencies().groups().forEach(group -> inherit(group, judged));
    for (int i = 0; i < judged.size(); i++) {
      handOff.store(handed.at(id, i), judged.get(i), plan.steps().get(i).body());
    }
  }

  /**
   * In the order of what their amounts are counted under: two plans at once wait for each other in
   * the same places.
   */
  private List<Judged> judged(Caller agent, UUID id, ProposedPlan plan) {
    List<Proposal> proposals = plan.steps().stream().map(ProposedPlan.Step::proposal).toList();
    Judged[] judged = new Judged[proposals.size()];
    IntStream.range(0, judged.length)
        .boxed()
        .sorted(Comparator.comparing(step -> judgement.countedUnder(proposals.get(step))))
        .forEach(step -> judged[step] = handOff.judge(agent, proposals.get(step), Optional.of(id)));
    return new ArrayList<>(List.of(judged));
  }

  /** Whoever decides on one of them decides about all: none may slip past. */
  private void inherit(Set<Integer> group, List<Judged> judged) {
    Route strictest =
        group.stream()
            .map(step -> judged.get(step).verdict().route())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    Route atLeast = strictest == Route.ESCALATE ? Route.HUMAN_REVIEW : strictest;
    Reason reason = atLeast == Route.BLOCK ? BLOCKED : ASKED;
    group.forEach(step -> judged.set(step, raised(judged.get(step), atLeast, reason)));
  }

  private Judged raised(Judged step, Route atLeast, Reason reason) {
    Verdict verdict = judgement.raised(step.id(), step.proposal(), step.verdict(), atLeast, reason);
    return step.with(verdict);
  }

  private Taken taken(Caller agent, UUID id, boolean isNew) {
    requests.settle();
    return new Taken(answers.toPlan(agent, id).orElseThrow(), isNew);
  }
}
