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

  private static final ObjectMapper JSON = new ObjectMapper();

  private Requests() {}

  static String path(String id) {
    return "/api/v1/approval-requests/" + id;
  }

  /** The refund of 240.00 that waits for a person. */
  static ObjectNode refund() {
    return (ObjectNode) json(AssetServer.resource("/ui/refund.json"));
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
    ((ArrayNode) request.get("reasons")).addObject().put("rule", text).put("text", text);
    return request;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
