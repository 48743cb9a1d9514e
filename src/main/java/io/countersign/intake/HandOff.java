package io.countersign.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.handback.Webhooks;
import io.countersign.identity.Caller;
import io.countersign.identity.People;
import io.countersign.policy.ActionPolicy;
import io.countersign.policy.ParameterError;
import io.countersign.policy.Policy;
import io.countersign.policy.Verdict;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Origin;
import io.countersign.request.Proposal;
import io.countersign.request.Routing;
import io.countersign.review.Reviews;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Mode;
import io.countersign.shared.RequestId;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Urgency;
import io.countersign.shared.json.CanonicalJson;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.Problem.FieldError;
import io.countersign.shared.problem.ProblemType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes a proposal in: one transaction stores it, routes it and, where people are needed, starts
 * the chain that asks them. When the agent has its answer, everything has been stored; when it has
 * not, the same key and body may be sent again.
 */
@Service
class HandOff {

  private final Policy policy;
  private final Judgement judgement;
  private final ApprovalRequests requests;
  private final Reviews reviews;
  private final Webhooks webhooks;
  private final Answers answers;
  private final EarlierRequests earlier;
  private final People people;
  private final Clock clock;

  HandOff(
      Policy policy,
      Judgement judgement,
      ApprovalRequests requests,
      Reviews reviews,
      Webhooks webhooks,
      Answers answers,
      EarlierRequests earlier,
      People people,
      Clock clock) {
    this.policy = policy;
    this.judgement = judgement;
    this.requests = requests;
    this.reviews = reviews;
    this.webhooks = webhooks;
    this.answers = answers;
    this.earlier = earlier;
    this.people = people;
    this.clock = clock;
  }

  /** What became of a hand-off: a new request, or the one that the same key made before. */
  record Taken(Answer answer, boolean isNew) {}

  /**
   * Takes one hand-off in.
   *
   * @throws Problem if the parameters, the callback or the key are not acceptable; nothing is
   *     stored then
   */
  @Transactional
  public Taken take(Caller agent, String idempotencyKey, Proposal proposal, byte[] body) {
    Handed handed = Handed.of(agent, idempotencyKey, body);
    Optional<ApprovalRequest> before = repeated(handed);
    if (before.isPresent()) {
      return taken(agent, before.get(), false);
    }
    requireOwner(agent);
    requireAcceptable(agent, proposal);
    return taken(agent, store(handed, judge(agent, proposal, Optional.empty()), body), true);
  }

  /**
   * The request that the same hand-off made before; holds its key until the end of the transaction.
   *
   * @throws Problem if the key is held by somebody else, or came with another body
   */
  Optional<ApprovalRequest> repeated(Handed handed) {
    if (!requests.holdKey(handed.agent().name(), handed.idempotencyKey())) {
      throw new Problem(
          ProblemType.KEY_IN_USE,
          "Idempotency-Key",
          "a hand-off with this key is being handled right now; send it again in a moment");
    }
    Optional<ApprovalRequest> before =
        requests.findByKey(handed.agent().name(), handed.idempotencyKey());
    before.ifPresent(request -> requireSameBody(request, handed.bodyDigest()));
    return before;
  }

  /** Answers from what this transaction has at hand, instead of reading it all back. */
  private Taken taken(Caller agent, ApprovalRequest request, boolean isNew) {
    requests.settle();
    Answer answer =
        isNew
            ? answers.toProposer(agent, request.id())
            : answers.to(agent, request.id()).orElseThrow();
    return new Taken(answer, isNew);
  }

  private static void requireSameBody(ApprovalRequest earlier, String bodyDigest) {
    if (!earlier.bodyDigest().equals(bodyDigest)) {
      throw new Problem(
          ProblemType.KEY_REUSED,
          "Idempotency-Key",
          "this key came with another body before; use a new key for a new hand-off");
    }
  }

  static void requireOwner(Caller agent) {
    if (agent.owner().isEmpty()) {
      throw new Problem(
          ProblemType.FORBIDDEN,
          "owner",
          "expected a token that names the person who answers for this agent; the operator gives its"
              + " client that claim");
    }
  }

  /** Throws unless callback, parameters and earlier request are such as policy can judge. */
  void requireAcceptable(Caller agent, Proposal proposal) {
    String callback = proposal.callback();
    if (callback != null && !webhooks.knows(agent.name(), callback)) {
      throw new Problem(
          ProblemType.INVALID_BODY,
          "/callback",
          "expected the name of an endpoint that an operator configured for this agent");
    }
    requireParameters(proposal, proposal.parameters(), "/parameters");
    for (int i = 0; i < proposal.options().size(); i++) {
      JsonNode parameters = proposal.options().get(i).parameters();
      if (parameters != null) {
        requireParameters(proposal, parameters, "/options/" + i + "/parameters");
      }
    }
    earlier.require(agent, proposal);
  }

  private void requireParameters(Proposal proposal, JsonNode parameters, String pointer) {
    List<FieldError> errors =
        policy.find(proposal.action()).stream()
            .flatMap(action -> action.check(parameters).stream())
            .map(error -> inBody(pointer, error))
            .toList();
    if (!errors.isEmpty()) {
      throw Problems.ofFields(ProblemType.INVALID_PARAMETERS, errors);
    }
  }

  private static FieldError inBody(String pointer, ParameterError error) {
    return new FieldError(pointer + error.pointer(), "expected " + error.expected());
  }

  /** A proposal that policy has looked at, under the id that it gets. */
  record Judged(RequestId id, Proposal proposal, ActionDigest digest, Verdict verdict) {

    Judged with(Verdict other) {
      return new Judged(id, proposal, digest, other);
    }
  }

  /**
   * Asks policy about a proposal, and counts its amount.
   *
   * @param plan the plan it is a step of
   */
  Judged judge(Caller agent, Proposal proposal, Optional<UUID> plan) {
    ActionDigest digest = CanonicalJson.digest(proposal.action(), proposal.parameters());
    RequestId id = RequestId.next();
    return new Judged(id, proposal, digest, judgement.of(id, agent.name(), proposal, digest, plan));
  }

  /** Stores what was judged, and asks people if that is the verdict. */
  ApprovalRequest store(Handed handed, Judged judged, byte[] body) {
    Proposal proposal = judged.proposal();
    Routing routing = routing(proposal, judged.verdict());
    Origin origin = origin(handed, proposal, routing);
    ApprovalRequest request =
        ApprovalRequest.propose(
            judged.id(), origin, proposal, judged.digest(), routing, clock.instant());
    requests.add(request, proposal, body);
    if (request.asksPeople()) {
      reviews.start(request);
    }
    if (request.mode() == Mode.LOG_AND_ALERT && request.status().isApproved()) {
      requests.alert(request);
    }
    return request;
  }

  /** Who is behind a request matters where somebody is to decide it; else nobody is looked up. */
  private Origin origin(Handed handed, Proposal proposal, Routing routing) {
    boolean asksPeople = routing.review().isPresent();
    Caller agent = handed.agent();
    return new Origin(
        agent.name(),
        agent.owner(),
        agent.owner().filter(name -> asksPeople).flatMap(name -> ownerSubject(agent, name)),
        Optional.ofNullable(proposal.onBehalfOf())
            .filter(name -> asksPeople)
            .flatMap(people::subjectOf),
        handed.idempotencyKey(),
        handed.bodyDigest(),
        handed.place());
  }

  private Optional<String> ownerSubject(Caller agent, String owner) {
    return people.subjectOf(owner).or(() -> requests.ownerSubjectSoFar(agent.name(), owner));
  }

  private Routing routing(Proposal proposal, Verdict verdict) {
    Optional<ActionPolicy> action = policy.find(proposal.action());
    Urgency asked = proposal.urgency() == null ? Urgency.NORMAL : proposal.urgency();
    return new Routing(
        verdict.route(),
        verdict.mode(),
        verdict.reasons(),
        policy.version(),
        action.map(ActionPolicy::severity).orElse(null),
        action.map(ActionPolicy::reversible).orElse(false),
        verdict.review().map(ReviewPlan::urgency).orElse(asked),
        verdict.review(),
        action.map(it -> new Routing.Execution(it.executor(), it.redeemWithin())),
        action
            .map(it -> it.reviewerView(proposal.parameters()).headline())
            .orElse("Unknown action " + proposal.action()));
  }
}
