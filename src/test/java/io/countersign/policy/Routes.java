package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.shared.Urgency;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Policies and facts as the tests of routing need them. */
final class Routes {

  static final Policy PACKAGED = load(UnaryOperator.identity());

  private Routes() {}

  static PolicyFiles files(UnaryOperator<String> manifest) {
    try {
      PolicyFiles packaged = PolicyFiles.packaged();
      String text = new String(packaged.manifest(), StandardCharsets.UTF_8);
      return new PolicyFiles(
          manifest.apply(text).getBytes(StandardCharsets.UTF_8),
          packaged.schema(),
          packaged.table(),
          packaged.stages());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Policy load(UnaryOperator<String> manifest) {
    try {
      return Policy.load(files(manifest));
    } catch (ManifestRefused e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode refund(String amount) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    return parameters.put("orderId", "A-1042").put("amount", amount).put("currency", "EUR");
  }

  static Facts facts(
      String action, JsonNode parameters, String confidence, int doubts, boolean asks, int raised) {
    return new Facts(
        action,
        parameters,
        new BigDecimal(confidence),
        Collections.nCopies(doubts, "not sure"),
        asks,
        Collections.nCopies(raised, "regulated_domain"),
        Urgency.NORMAL,
        List.of());
  }

  static Facts refundOf(String amount, String confidence) {
    return facts("process_refund", refund(amount), confidence, 0, false, 0);
  }

  static List<String> rules(Verdict verdict) {
    return verdict.reasons().stream().map(reason -> reason.rule()).toList();
  }
}
