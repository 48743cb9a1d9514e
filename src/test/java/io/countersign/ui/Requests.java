package io.countersign.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Requests as the API answers them. */
final class Requests {

  static final String REFUND = "apr_01980000-0000-7000-8000-000000000240";

  static final String EDITED_DIGEST = "sha-256:" + "ed".repeat(32);

  private static final ObjectMapper JSON = new ObjectMapper();

  private Requests() {}

  static String path(String id) {
    return "/api/v1/approval-requests/" + id;
  }

  /** The refund of 240.00 that waits for a person. */
  static ObjectNode refund() {
    return (ObjectNode) json(AssetServer.resource("/ui/refund.json"));
  }

  /** The refund as two stages decide it, with everything that can be said and options to choose. */
  static ObjectNode contested() {
    ObjectNode request = refund();
    request.putArray("mayDecide").add("legal");
    var decisions = request.putArray("decisions");
    for (String decision :
        List.of(
            "approve",
            "edit",
            "reject",
            "revise",
            "choose",
            "answer",
            "ask",
            "redirect",
            "hand_on",
            "return")) {
      boolean reason = List.of("edit", "reject", "revise").contains(decision);
      decisions.addObject().put("decision", decision).put("reasonRequired", reason);
    }
    ArrayNode options = request.putArray("options");
    options
        .addObject()
        .put("id", "half")
        .put("label", "Pay half")
        .set("parameters", request.get("parameters").deepCopy());
    ((ObjectNode) options.get(0).get("parameters")).put("amount", 120);
    options.addObject().put("id", "voucher").put("label", "Send a voucher");
    ArrayNode stages = request.putArray("stages");
    stages.add(json(stage("legal", "legal-approver", "open")));
    stages.add(json(stage("finance", "finance-approver", "decided")));
    return request;
  }

  private static String stage(String name, String role, String status) {
    return """
        {"id": "%1$s", "name": "%1$s", "part": "%1$s", "kind": "person", "quorum": 1,
         "roles": ["%2$s"], "escalatedTo": [], "status": "%3$s", "votes": [], "handovers": []}
        """
        .formatted(name, role, status);
  }

  /** The contested refund after fiona has cut it to 150.00 in the stage of finance. */
  static ObjectNode edited() {
    ObjectNode request = contested();
    request.set(
        "current",
        json(
            """
            {"actionDigest": "%s",
             "parameters": {"orderId": "A-10023", "amount": 150.00, "currency": "EUR"},
             "changes": [{"op": "replace", "path": "/amount", "value": 150.00}]}
            """
                .formatted(EDITED_DIGEST)));
    ((ArrayNode) request.at("/stages/1/votes"))
        .add(
            json(
                """
                {"by": "fiona", "decision": "edit", "actionDigest": "%s",
                 "reason": "The shade is worth 90.00.", "at": "2026-11-21T10:00:00Z"}
                """
                    .formatted(EDITED_DIGEST)));
    return request;
  }

  /** The refund with this text in every place that an agent can write to. */
  static ObjectNode saying(String text) {
    ObjectNode request = refund();
    for (String name :
        List.of(
            "agent",
            "action",
            "onBehalfOf",
            "confidenceBasis",
            "recommendedReview",
            "rationale",
            "expectedOutcome")) {
      request.put(name, text);
    }
    request.putArray("uncertaintyFactors").add(text);
    request.withObject("/parameters").put("orderId", text);
    request.withObject("/presentation").put("headline", text).put("consequence", text);
    ObjectNode context = request.putObject("context");
    context.putArray("reasoningTrace").add(text);
    context.putArray("outputs").add(text).addObject().put(text, text);
    context.putArray("completedSteps").add(text);
    context.put("stateBefore", text);
    context.putArray("toolCalls").addObject().put("name", text).put("result", text).put("at", text);
    conversation(request, text);
    ((ArrayNode) request.get("reasons")).addObject().put("rule", text).put("text", text);
    return request;
  }

  private static void conversation(ObjectNode request, String text) {
    request
        .putArray("questions")
        .addObject()
        .put("stage", text)
        .put("by", text)
        .put("question", text)
        .put("askedAt", text)
        .put("status", "answered")
        .put("answer", text);
    ObjectNode earlier = request.putObject("revises");
    earlier.put("id", text).put("status", text).put("reason", text);
    earlier.putArray("decidedBy").add(text);
    earlier.putObject("parameters").put(text, text);
    earlier
        .putArray("changes")
        .addObject()
        .put("op", "add")
        .put("path", "/" + text)
        .put("value", text);
    ArrayNode options = request.putArray("options");
    options.addObject().put("id", text).put("label", text).putObject("parameters").put(text, text);
    ObjectNode stage = ((ObjectNode) request.get("stages").get(0)).put("name", text);
    stage.putArray("roles").add(text);
    stage.putArray("votes").addObject().put("by", text).put("decision", text).put("reason", text);
    stage.putArray("handovers").addObject().put("by", text).put("decision", text).put("to", text);
    ((ArrayNode) request.get("decisions")).addObject().put("decision", "choose");
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
