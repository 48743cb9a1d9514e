package io.countersign.handback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Origin;
import io.countersign.request.Proposal;
import io.countersign.request.Requests;
import io.countersign.request.Routing;
import io.countersign.shared.Mode;
import io.countersign.shared.RequestId;
import io.countersign.shared.Route;
import io.countersign.shared.Severity;
import io.countersign.shared.Urgency;
import io.countersign.shared.json.CanonicalJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Requests of the billing agent, as intake would make them. */
final class TestRequests {

  static final String AGENT = "billing-agent";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TestRequests() {}

  static ObjectNode body() {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("action", "process_refund");
    body.set("parameters", parameters("240.00"));
    body.put("confidence", 0.72);
    body.put("externalId", "ext-7");
    body.putObject("run").put("id", "run-1").put("step", 2).put("of", 5);
    body.putObject("resumeState").put("thread", "t-9");
    return body;
  }

  static JsonNode parameters(String amount) {
    return MAPPER
        .createObjectNode()
        .put("orderId", "o-1")
        .put("amount", amount)
        .put("currency", "EUR");
  }

  static Proposal proposal(ObjectNode body) {
    try {
      return MAPPER.treeToValue(body, Proposal.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static ApprovalRequest request(Proposal proposal, Route route, Instant now) {
    RequestId id = RequestId.next();
    boolean people = route == Route.HUMAN_REVIEW;
    return ApprovalRequest.propose(
        id,
        new Origin(
            AGENT,
            Optional.of("olga"),
            Optional.empty(),
            Optional.empty(),
            id.toString(),
            "ab".repeat(32)),
        proposal,
        CanonicalJson.digest(proposal.action(), proposal.parameters()),
        new Routing(
            route,
            Mode.PERSON_FIRST,
            List.of(),
            "policy-1",
            Severity.HIGH,
            false,
            Urgency.NORMAL,
            people ? Optional.of(Requests.plan()) : Optional.empty(),
            Optional.of(new Routing.Execution("action-executor", Duration.ofHours(24))),
            "Refund 240.00 EUR"),
        now);
  }
}
