package io.countersign.handback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.DecisionView;
import io.countersign.request.Proposal;
import io.countersign.request.Question;
import io.countersign.request.RequestViews;
import io.countersign.request.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Composes what a webhook says, within the size that receivers are sure to take. */
@Component
class WebhookBody {

  private static final int MAX_BYTES = 20_000;

  private final RequestViews views;
  private final ApprovalRequests requests;
  private final PublicUrl publicUrl;
  private final ObjectMapper mapper;

  WebhookBody(
      RequestViews views, ApprovalRequests requests, PublicUrl publicUrl, ObjectMapper mapper) {
    this.views = views;
    this.requests = requests;
    this.publicUrl = publicUrl;
    this.mapper = mapper;
  }

  /** How a request ended. */
  byte[] deciding(String type, ApprovalRequest request) {
    DecisionView decision = views.decision(request).orElseThrow();
    ObjectNode data = data(request);
    ObjectNode told = told(decision);
    data.set("decision", told);
    return withinLimit(
        body(type, decision.decidedAt(), data),
        new Large(data, "resumeState"),
        new Large(told, "parameters"),
        new Large(told, "changes"),
        new Large(told, "reason"));
  }

  /** What a reviewer asks; who asks is nothing the agent needs to know. */
  byte[] asking(String type, Question question) {
    ObjectNode data = data(question.stage().request());
    data.putObject("question")
        .put("id", question.id().toString())
        .put("stage", question.stage().name())
        .put("question", question.text())
        .put("due", question.dueAt().toString());
    return withinLimit(body(type, question.askedAt(), data), new Large(data, "resumeState"));
  }

  /**
   * What a registered reviewer looks at: the action as it stands now, and the agent's own words.
   */
  byte[] reviewing(String type, Stage stage) {
    ApprovalRequest request = stage.request();
    Proposal proposal = views.proposal(request);
    ObjectNode data = mapper.createObjectNode();
    data.put("requestId", request.id().toString());
    data.put("version", version(request));
    data.put("stage", stage.name());
    data.put("deadline", stage.deadline().toString());
    data.put("action", request.action());
    data.put("actionDigest", request.currentDigest().value());
    data.set("parameters", views.parameters(request, request.currentDigest()));
    data.put("confidence", proposal.confidence());
    putIfPresent(data, "rationale", proposal.rationale());
    String self = publicUrl.request(request.id());
    data.putObject("links").put("self", self).put("verdicts", self + "/verdicts");
    return withinLimit(
        body(type, stage.openedAt(), data),
        new Large(data, "rationale"),
        new Large(data, "parameters"));
  }

  private ObjectNode body(String type, Instant at, ObjectNode data) {
    ObjectNode body = mapper.createObjectNode();
    body.put("type", type);
    body.set("timestamp", mapper.valueToTree(at));
    body.set("data", data);
    return body;
  }

  private ObjectNode data(ApprovalRequest request) {
    Proposal proposal = views.proposal(request);
    ObjectNode data = mapper.createObjectNode();
    data.put("requestId", request.id().toString());
    data.put("version", version(request));
    data.put("status", request.status().wire());
    data.put("action", request.action());
    data.put("actionDigest", request.actionDigest().value());
    putIfPresent(data, "externalId", proposal.externalId());
    putIfPresent(data, "resumeState", proposal.resumeState());
    putIfPresent(data, "run", proposal.run());
    data.putObject("links").put("self", publicUrl.request(request.id()));
    return data;
  }

  /** The query makes Hibernate write pending changes first, and so raise the version. */
  private long version(ApprovalRequest request) {
    return requests.version(request.id()).orElseGet(request::version);
  }

  private ObjectNode told(DecisionView decision) {
    ObjectNode told = mapper.valueToTree(decision);
    told.remove("grant");
    return told;
  }

  private void putIfPresent(ObjectNode data, String name, @Nullable Object value) {
    if (value != null) {
      data.set(name, mapper.valueToTree(value));
    }
  }

  /** Something that may be left out. */
  private record Large(ObjectNode in, String field) {}

  /** What is left out, in this order, is at the link; the small facts always travel. */
  private byte[] withinLimit(ObjectNode body, Large... parts) {
    byte[] bytes = write(body);
    for (Large part : parts) {
      if (bytes.length > MAX_BYTES) {
        ((ObjectNode) body.get("data")).put("truncated", true);
        part.in().remove(part.field());
        bytes = write(body);
      }
    }
    return bytes;
  }

  private byte[] write(ObjectNode body) {
    try {
      return mapper.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was built can be written", e);
    }
  }
}
