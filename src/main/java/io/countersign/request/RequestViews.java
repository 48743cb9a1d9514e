package io.countersign.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.request.RequestView.Current;
import io.countersign.request.RequestView.Earlier;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import io.countersign.shared.json.MalformedJson;
import io.countersign.shared.json.StrictJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads requests back in the shapes that agents and people see. */
@Component
@Transactional(readOnly = true)
public class RequestViews {

  private final ApprovalRequests requests;
  private final ObjectMapper mapper;

  RequestViews(ApprovalRequests requests, ObjectMapper mapper) {
    this.requests = requests;
    this.mapper = mapper;
  }

  /** The whole request, as the agent handed it in and as it stands now. */
  public RequestView of(ApprovalRequest request) {
    JsonNode proposed = parameters(request, request.actionDigest());
    return RequestView.of(
        request,
        proposal(request),
        proposed,
        current(request, proposed).orElse(null),
        request.revises().flatMap(id -> earlier(id, proposed)).orElse(null),
        decision(request).orElse(null));
  }

  private Optional<Current> current(ApprovalRequest request, JsonNode proposed) {
    ActionDigest digest = request.currentDigest();
    if (digest.equals(request.actionDigest())) {
      return Optional.empty();
    }
    JsonNode edited = parameters(request, digest);
    return Optional.of(new Current(digest, edited, ParameterChange.between(proposed, edited)));
  }

  private Optional<Earlier> earlier(RequestId id, JsonNode proposed) {
    return requests
        .find(id)
        .filter(before -> before.erasedAt().isEmpty())
        .map(before -> earlier(before, proposed));
  }

  private Earlier earlier(ApprovalRequest before, JsonNode proposed) {
    JsonNode then = parameters(before, before.actionDigest());
    return new Earlier(
        before.id(),
        before.status(),
        then,
        ParameterChange.between(then, proposed),
        before.decisionReason().orElse(null),
        before.decidedBy());
  }

  /** How the request ended; nothing while it is open. */
  public Optional<DecisionView> decision(ApprovalRequest request) {
    return request.closedAt().map(at -> decided(request, at));
  }

  private DecisionView decided(ApprovalRequest request, Instant at) {
    JsonNode proposed = parameters(request, request.actionDigest());
    Optional<JsonNode> approved =
        request
            .decidedDigest()
            .filter(digest -> request.status().isApproved())
            .map(digest -> parameters(request, digest));
    Optional<Vote> vote = request.decidingVote();
    return new DecisionView(
        request.status(),
        request.fallback().orElse(null),
        approved.orElse(null),
        approved.map(decided -> ParameterChange.between(proposed, decided)).orElse(List.of()),
        vote.flatMap(Vote::option).orElse(null),
        vote.flatMap(Vote::answer).orElse(null),
        request.decisionReason().orElse(null),
        request.decidedBy(),
        vote.filter(objection -> request.status() == Status.REVOKED).map(Vote::at).orElse(at),
        request.decidedDigest().orElse(null),
        request.status().isApproved() ? GrantStatus.READY : GrantStatus.NONE,
        null);
  }

  /** The parameters stored under a digest of this request. */
  public JsonNode parameters(ApprovalRequest request, ActionDigest digest) {
    return readBack(requests.content(request.id(), digest)).path("parameters");
  }

  /** The proposal as the agent handed it in. */
  public Proposal proposal(ApprovalRequest request) {
    try {
      return mapper.treeToValue(readBack(requests.received(request.id())), Proposal.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored proposal of " + request + " is damaged", e);
    }
  }

  private static JsonNode readBack(byte[] stored) {
    try {
      return StrictJson.read(stored, Integer.MAX_VALUE);
    } catch (MalformedJson e) {
      throw new IllegalStateException("what was stored had passed the gate", e);
    }
  }
}
