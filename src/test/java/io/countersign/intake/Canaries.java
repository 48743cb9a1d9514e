package io.countersign.intake;

import java.util.Map;
import java.util.TreeMap;

/** A proposal that is valid and says something hostile wherever it may say anything. */
final class Canaries {

  private Canaries() {}

  /** The body with this JSON text in every field that takes text. */
  static String inEveryText(String text) {
    var fields =
        new TreeMap<>(
            Map.of(
                "action", "\"publish_post\"",
                "parameters", "{\"channel\":\"blog\",\"title\":T,\"body\":T}",
                "confidence", "0.7",
                "confidenceBasis", "T",
                "uncertaintyFactors", "[T,T]",
                "rationale", "T",
                "expectedOutcome", "T",
                "onBehalfOf", "T",
                "triggers", "[T]"));
    fields.putAll(
        Map.of(
            "run", "{\"id\":T,\"step\":1}",
            "context",
                "{\"reasoningTrace\":[T,{T:T}],\"toolCalls\":[{\"name\":T,\"arguments\":{T:T},"
                    + "\"result\":T,\"__proto__\":{\"constructor\":T}}],\"outputs\":[T],"
                    + "\"completedSteps\":[T],\"stateBefore\":{T:{\"__proto__\":T}}}",
            "resumeState", "{T:[T],\"constructor\":{\"prototype\":T}}",
            "externalId", "T"));
    var json = new StringBuilder();
    fields.forEach(
        (name, value) ->
            json.append(json.isEmpty() ? "{" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value.replaceAll("(?<![A-Za-z\"])T(?![A-Za-z\"])", "\0")));
    return json.append('}').toString().replace("\0", text);
  }
}
