package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.Urgency;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a schema cannot say about one action (defaults filled in). */
final class ManifestChecks {

  private static final List<String> NOT_MONEY =
      List.of("240", "240.0", "240.000", "-240.00", "+240.00", "2.4e2", "00.00", " 240.00", "");

  private static final List<String> AMOUNT_CONDITIONS =
      List.of(
          "autoApproveBelow",
          "reviewFrom",
          "aboveNeedsRole",
          "runLimit",
          "dayLimit",
          "autoApproveDayLimit");

  private final Findings findings;
  private final String pointer;
  private final JsonNode action;

  ManifestChecks(Findings findings, String pointer, JsonNode action) {
    this.findings = findings;
    this.pointer = pointer;
    this.action = action;
  }

  void run() {
    approval();
    thresholds();
    times();
    new SchemaChecks(findings, pointer + "/parameters", action.path("parameters")).run();
    if (findings.clean(pointer + "/parameters")) {
      amountParameter();
      currencyParameter();
    }
    conditions();
    texts();
  }

  /** What is bad and runs unasked has to be taken back in full, within a time that is named. */
  private void approval() {
    boolean high = action.path("severity").asText().equals("high");
    boolean reversible = action.path("reversible").asBoolean();
    boolean unasked = !action.path("approvalRequired").asBoolean();
    boolean window = action.has("objectionWindow");
    if (high && unasked && !reversible) {
      add(
          "/approvalRequired",
          "true for an action of high severity that cannot be taken back, found false");
    }
    if (high && unasked && reversible && !window) {
      add("/objectionWindow", "how long people may object, found none");
    }
    if (window && !(high && unasked && reversible)) {
      add(
          "/objectionWindow",
          "none where people are asked first or nothing bad can happen, found "
              + action.path("objectionWindow").asText());
    }
  }

  private void thresholds() {
    BigDecimal gate = action.at("/thresholds/autoApproveConfidence").decimalValue();
    BigDecimal escalate = action.at("/thresholds/escalateConfidence").decimalValue();
    if (escalate.compareTo(gate) >= 0) {
      add(
          "/thresholds/escalateConfidence",
          "less than the gate of " + gate + ", found " + escalate);
    }
  }

  private void times() {
    Duration before = Duration.ZERO;
    for (Duration reminder : ManifestReader.durations(action.path("reminders"))) {
      if (reminder.compareTo(before) <= 0) {
        add("/reminders", "rising times above zero, found " + action.path("reminders"));
        return;
      }
      before = reminder;
    }
    Duration after = Duration.parse(action.at("/escalation/after").asText());
    if (after.compareTo(before) <= 0) {
      add("/escalation/after", "a time after the last reminder (" + before + "), found " + after);
    }
    limits(after);
  }

  private void limits(Duration escalateAfter) {
    Map<Urgency, Duration> limits = ManifestReader.limits(action.path("limits"));
    Duration longer = null;
    for (Map.Entry<Urgency, Duration> limit : limits.entrySet()) {
      String field = "/limits/" + limit.getKey().wire();
      if (limit.getValue().compareTo(escalateAfter) <= 0) {
        add(
            field,
            "a time after the escalation (" + escalateAfter + "), found " + limit.getValue());
      } else if (longer != null && limit.getValue().compareTo(longer) > 0) {
        add(field, "no more time than less urgent requests have, found " + limit.getValue());
      }
      longer = limit.getValue();
    }
  }

  private void amountParameter() {
    JsonNode name = action.at("/amount/parameter");
    if (name.isMissingNode()) {
      return;
    }
    if (unusable("/amount/parameter")) {
      return;
    }
    JsonNode schema = property(name.asText());
    if (!"string".equals(schema.path("type").asText()) || !onlyMoney(schema.path("pattern"))) {
      add(
          "/amount/parameter",
          "a parameter of type string whose pattern allows amounts with exactly two decimals only,"
              + " found \""
              + name.asText()
              + '"');
    }
  }

  private static boolean onlyMoney(JsonNode pattern) {
    if (!pattern.isTextual()) {
      return false;
    }
    Pattern compiled = Pattern.compile(pattern.asText());
    return compiled.matcher("240.00").find()
        && NOT_MONEY.stream().noneMatch(text -> compiled.matcher(text).find());
  }

  private void currencyParameter() {
    JsonNode name = action.at("/amount/currency");
    if (name.isMissingNode() || unusable("/amount/currency")) {
      return;
    }
    if (!property(name.asText()).path("enum").isArray()) {
      add("/amount/currency", "a parameter with an enum, found \"" + name.asText() + '"');
    }
  }

  private boolean unusable(String field) {
    String name = action.at(field).asText();
    if (property(name).isMissingNode()) {
      add(field, "one of the declared parameters, found \"" + name + '"');
      return true;
    }
    for (JsonNode required : action.at("/parameters/required")) {
      if (required.asText().equals(name)) {
        return false;
      }
    }
    add(field, "a required parameter, found \"" + name + '"');
    return true;
  }

  private JsonNode property(String name) {
    return action.path("parameters").path("properties").path(name);
  }

  private void conditions() {
    BigDecimal below = money("/conditions/autoApproveBelow");
    BigDecimal from = money("/conditions/reviewFrom");
    BigDecimal above = money("/conditions/aboveNeedsRole/amount");
    if (!action.has("amount")
        && AMOUNT_CONDITIONS.stream().anyMatch(action.path("conditions")::has)) {
      add(
          "/conditions",
          "amounts only where \"amount\" names a parameter, found " + action.path("conditions"));
    }
    ordered("/conditions/autoApproveBelow", below, from, "reviewFrom");
    ordered("/conditions/reviewFrom", from, above, "aboveNeedsRole.amount");
    ordered("/conditions/autoApproveBelow", below, above, "aboveNeedsRole.amount");
    BigDecimal run = money("/conditions/runLimit");
    BigDecimal day = money("/conditions/dayLimit");
    BigDecimal autoDay = money("/conditions/autoApproveDayLimit");
    ordered("/conditions/autoApproveBelow", below, run, "runLimit");
    ordered("/conditions/autoApproveBelow", below, autoDay, "autoApproveDayLimit");
    ordered("/conditions/runLimit", run, day, "dayLimit");
    ordered("/conditions/autoApproveDayLimit", autoDay, day, "dayLimit");
  }

  private void ordered(
      String field, @Nullable BigDecimal lower, @Nullable BigDecimal upper, String name) {
    if (lower != null && upper != null && lower.compareTo(upper) > 0) {
      add(field, "no more than " + name + " (" + upper + "), found \"" + lower + '"');
    }
  }

  private @Nullable BigDecimal money(String field) {
    JsonNode node = action.at(field);
    return node.isMissingNode() ? null : new BigDecimal(node.asText());
  }

  private static boolean isFreeText(JsonNode property) {
    return "string".equals(property.path("type").asText())
        && !property.has("enum")
        && !property.has("pattern")
        && !property.has("format");
  }

  private void texts() {
    for (String name : ReviewerTexts.placeholders(action.at("/reviewer/headline").asText())) {
      if (property(name).isMissingNode()) {
        add("/reviewer/headline", "names of declared parameters in braces, found {" + name + "}");
      } else if (isFreeText(property(name))) {
        add(
            "/reviewer/headline",
            "only parameters that cannot pose as the rest of the line (enum, pattern, format, number),"
                + " found {"
                + name
                + "}");
      }
    }
    for (String kind : List.of("labels", "units")) {
      action
          .at("/reviewer/" + kind)
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (property(name).isMissingNode()) {
                  add("/reviewer/" + kind + "/" + name, "a declared parameter, found another");
                }
              });
    }
  }

  private void add(String field, String expected) {
    findings.add(pointer + field, expected);
  }
}
