package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.shared.AssignmentMode;
import io.countersign.shared.AssignmentPlan;
import io.countersign.shared.Fallback;
import io.countersign.shared.FreshSignIn;
import io.countersign.shared.Role;
import io.countersign.shared.Severity;
import io.countersign.shared.Urgency;
import io.countersign.shared.WireName;
import io.countersign.shared.time.WorkingHours;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the manifest: text, then its schema, then what only sense can check, then records. */
final class ManifestReader {

  private ManifestReader() {}

  /**
   * A manifest as it was read.
   *
   * @param actions by name, in their order
   */
  record Manifest(Map<String, ActionPolicy> actions, SensitiveTexts sensitive) {}

  /** Reads a manifest; adds every error found, and then it is not to be used. */
  static Manifest read(byte[] manifest, byte[] schema, List<ManifestError> errors) {
    YamlDocument yaml = new YamlDocument(PolicyFiles.MANIFEST, manifest, errors);
    Findings findings = new Findings(yaml, errors);
    Map<String, ActionPolicy> actions = new LinkedHashMap<>();
    if (yaml.root().isMissingNode() || !findings.fits(shape(schema))) {
      return new Manifest(actions, SensitiveTexts.NONE);
    }
    Map<Role, WorkingHours> workingTime = new Calendars(findings, yaml.root()).read();
    JsonNode defaults = yaml.root().path("defaults");
    for (Map.Entry<String, JsonNode> entry : yaml.root().path("actions").properties()) {
      String pointer = "/actions/" + entry.getKey();
      if (findings.clean("/defaults") && findings.clean(pointer)) {
        JsonNode action = withDefaults(defaults, entry.getValue());
        new ManifestChecks(findings, pointer, action).run();
        if (findings.clean(pointer)) {
          actions.put(entry.getKey(), action(entry.getKey(), action, workingTime));
        }
      }
    }
    SensitiveTexts sensitive = SensitiveTexts.read(yaml.root().path("sensitive"), findings);
    findings.report();
    return new Manifest(actions, sensitive);
  }

  private static JsonShape shape(byte[] schema) {
    try {
      return new JsonShape(new ObjectMapper().readTree(schema));
    } catch (IOException e) {
      throw new IllegalStateException("the manifest's schema is part of the application", e);
    }
  }

  /** What an action says itself wins, field by field; lists are replaced, not joined. */
  private static JsonNode withDefaults(JsonNode defaults, JsonNode action) {
    ObjectNode merged = defaults.deepCopy();
    for (Map.Entry<String, JsonNode> field : action.properties()) {
      JsonNode standard = merged.get(field.getKey());
      if (standard instanceof ObjectNode object) {
        object.setAll((ObjectNode) field.getValue());
      } else {
        merged.set(field.getKey(), field.getValue());
      }
    }
    return merged;
  }

  private static ActionPolicy action(
      String name, JsonNode node, Map<Role, WorkingHours> workingTime) {
    return new ActionPolicy(
        name,
        about(node),
        node.path("parameters"),
        amounts(node),
        thresholds(node.path("thresholds")),
        review(node, workingTime),
        texts(node.path("reviewer")));
  }

  private static ActionPolicy.About about(JsonNode node) {
    return new ActionPolicy.About(
        node.path("title").asText(),
        node.path("description").asText(),
        WireName.parse(Severity.class, node.path("severity").asText()),
        node.path("reversible").asBoolean(),
        node.path("approvalRequired").asBoolean(),
        node.at("/conditions/autoApproveAtGate").asBoolean(false),
        text(node.path("regulated")),
        node.path("executor").asText(),
        Duration.parse(node.path("redeemWithin").asText("PT24H")));
  }

  private static AmountRules amounts(JsonNode node) {
    JsonNode above = node.at("/conditions/aboveNeedsRole");
    return new AmountRules(
        text(node.at("/amount/parameter")),
        text(node.at("/amount/currency")),
        money(node, "autoApproveBelow"),
        money(node, "reviewFrom"),
        above.isMissingNode()
            ? Optional.empty()
            : Optional.of(
                new AmountRules.Above(
                    new BigDecimal(above.path("amount").asText()),
                    role(above.path("role")),
                    roles(above.path("path")))),
        money(node, "runLimit"),
        money(node, "dayLimit"),
        money(node, "autoApproveDayLimit"));
  }

  private static Optional<BigDecimal> money(JsonNode node, String condition) {
    return text(node.path("conditions").path(condition)).map(BigDecimal::new);
  }

  private static Thresholds thresholds(JsonNode node) {
    return new Thresholds(
        node.path("autoApproveConfidence").decimalValue(),
        node.path("escalateConfidence").decimalValue(),
        node.path("maxUncertaintyFactors").asInt());
  }

  private static ReviewRules review(JsonNode node, Map<Role, WorkingHours> workingTime) {
    Set<String> reasonRequired = new LinkedHashSet<>();
    node.path("reasonRequired").forEach(decision -> reasonRequired.add(decision.asText()));
    return new ReviewRules(
        node.path("chain").asText(),
        role(node.path("role")),
        WireName.parse(Urgency.class, node.path("maxUrgency").asText()),
        limits(node.path("limits")),
        durations(node.path("reminders")),
        Duration.parse(node.at("/escalation/after").asText()),
        roles(node.at("/escalation/path")),
        WireName.parse(Fallback.class, node.path("fallback").asText()),
        Duration.parse(node.path("answerWithin").asText("PT4H")),
        text(node.path("objectionWindow")).map(Duration::parse),
        Set.copyOf(reasonRequired),
        assignment(node),
        workingTime,
        signIn(node.path("signIn")));
  }

  private static Optional<FreshSignIn> signIn(JsonNode node) {
    Set<String> levels = new LinkedHashSet<>();
    node.path("levels").forEach(level -> levels.add(level.asText()));
    return text(node.path("within"))
        .map(Duration::parse)
        .map(within -> new FreshSignIn(within, levels));
  }

  private static AssignmentPlan assignment(JsonNode node) {
    Set<String> expertise = new LinkedHashSet<>();
    node.path("expertise").forEach(one -> expertise.add(one.asText()));
    return new AssignmentPlan(
        WireName.parse(AssignmentMode.class, node.path("assignment").asText("queue")),
        expertise,
        node.path("seniority").asInt(0));
  }

  private static ReviewerTexts texts(JsonNode node) {
    return new ReviewerTexts(
        node.path("headline").asText(),
        node.path("consequence").asText(),
        node.path("notify").asText().equals("headline"),
        texts(node, "labels"),
        texts(node, "units"),
        lines(node.path("reasons")));
  }

  private static Map<String, String> texts(JsonNode node, String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.path(field).properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return Map.copyOf(texts);
  }

  private static List<String> lines(JsonNode list) {
    List<String> lines = new ArrayList<>();
    list.forEach(line -> lines.add(line.asText()));
    return List.copyOf(lines);
  }

  static Map<Urgency, Duration> limits(JsonNode node) {
    Map<Urgency, Duration> limits = new EnumMap<>(Urgency.class);
    for (Urgency urgency : Urgency.values()) {
      limits.put(urgency, Duration.parse(node.path(urgency.wire()).asText()));
    }
    return limits;
  }

  static List<Duration> durations(JsonNode list) {
    List<Duration> durations = new ArrayList<>();
    list.forEach(item -> durations.add(Duration.parse(item.asText())));
    return durations;
  }

  private static List<Role> roles(JsonNode list) {
    List<Role> roles = new ArrayList<>();
    list.forEach(item -> roles.add(role(item)));
    return List.copyOf(roles);
  }

  private static Role role(JsonNode node) {
    return Role.find(node.asText())
        .orElseThrow(() -> new IllegalStateException("the schema allows our roles only"));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }
}
