package io.countersign.story;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What agents hand in. */
final class Proposals {

  static final ObjectMapper JSON = new ObjectMapper();

  private Proposals() {}

  /** A refund in euros. */
  static ObjectNode refund(String amount, double confidence) {
    ObjectNode body = JSON.createObjectNode();
    body.put("action", "process_refund").put("confidence", confidence);
    body.set("parameters", refundParameters(amount));
    body.put("rationale", "The customer was charged twice and asks for one charge back.");
    return body;
  }

  /** The parameters of a refund in euros. */
  static ObjectNode refundParameters(String amount) {
    return JSON.createObjectNode()
        .put("orderId", "10428")
        .put("amount", amount)
        .put("currency", "EUR");
  }

  /** One of the sample requests that the quick start sends. */
  static ObjectNode sample(String name) {
    try {
      return (ObjectNode)
          JSON.readTree(Path.of("src", "main", "demo", name + ".json").toFile()).get("request");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
