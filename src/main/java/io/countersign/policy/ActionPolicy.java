package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.countersign.shared.Mode;
import io.countersign.shared.Role;
import io.countersign.shared.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the manifest says of one action. */
public final class ActionPolicy {

  private static final Pattern MONEY = Pattern.compile("(0|[1-9][0-9]{0,11})\\.[0-9]{2}");

  private final String name;
  private final About about;
  private final JsonNode schema;
  private final JsonShape shape;
  private final AmountRules amounts;
  private final Thresholds thresholds;
  private final ReviewRules review;
  private final ReviewerTexts texts;

  ActionPolicy(
      String name,
      About about,
      JsonNode schema,
      AmountRules amounts,
      Thresholds thresholds,
      ReviewRules review,
      ReviewerTexts texts) {
    this.name = name;
    this.about = about;
    this.schema = schema;
    this.shape = new JsonShape(schema);
    this.amounts = amounts;
    this.thresholds = thresholds;
    this.review = review;
    this.texts = texts;
  }

  /** What an action is, before anything is known of a single request. */
  record About(
      String title,
      String description,
      Severity severity,
      boolean reversible,
      boolean approvalRequired,
      boolean autoApproveAtGate,
      Optional<String> regulated,
      String executor,
      Duration redeemWithin) {}

  /** The name agents use, for example {@code process_refund}. */
  public String name() {
    return name;
  }

  /** The name people read, for example {@code Refund a customer}. */
  public String title() {
    return about.title();
  }

  /** What the action does, in a sentence. */
  public String description() {
    return about.description();
  }

  /** How bad the worst case is. */
  public Severity severity() {
    return about.severity();
  }

  /** Whether the action can be taken back in full. */
  public boolean reversible() {
    return about.reversible();
  }

  /** Whether people decide unless a condition of the manifest allows otherwise. */
  public boolean approvalRequired() {
    return about.approvalRequired();
  }

  /** The client that may run the action once it is approved. */
  public String executor() {
    return about.executor();
  }

  /** How long after the approval it may. */
  public Duration redeemWithin() {
    return about.redeemWithin();
  }

  /** What happens for good once the action runs, in a sentence. */
  public String consequence() {
    return texts.consequence();
  }

  /**
   * Whether messages that leave the house may carry the headline with its values; else they name
   * the action only.
   */
  public boolean headlineInMessages() {
    return texts.headlineInMessages();
  }

  /** Where confidence and doubt change the route. */
  public Thresholds thresholds() {
    return thresholds;
  }

  /** The confidence from which the action passes without people; nothing if it never does. */
  public Optional<BigDecimal> confidenceGate() {
    return autoApproveAtGate() ? Optional.of(thresholds.autoApproveConfidence()) : Optional.empty();
  }

  /** Whether a decision, by its name on the wire, needs a reason. */
  public boolean reasonRequired(String decision) {
    return review.reasonRequired().contains(decision);
  }

  /** The decisions, by their names on the wire, that need a reason. */
  public Set<String> reasonRequired() {
    return review.reasonRequired();
  }

  /** The role that is asked where nothing demands another one. */
  public Role usualRole() {
    return review.role();
  }

  /** The process that asks people. */
  public String chain() {
    return review.chain();
  }

  /** How people take part. */
  public Mode mode() {
    return mode(about.severity(), about.reversible(), about.approvalRequired());
  }

  /** Severity × reversibility; where approval is required, a person decides first. */
  static Mode mode(Severity severity, boolean reversible, boolean approvalRequired) {
    if (approvalRequired) {
      return Mode.PERSON_FIRST;
    }
    if (severity == Severity.HIGH) {
      return reversible ? Mode.OBJECTION_WINDOW : Mode.PERSON_FIRST;
    }
    return reversible ? Mode.AUTONOMOUS : Mode.LOG_AND_ALERT;
  }

  /** What in the parameters does not fit the schema; empty when everything does. */
  public List<ParameterError> check(JsonNode parameters) {
    return shape.check(parameters).stream()
        .map(mismatch -> new ParameterError(mismatch.pointer(), mismatch.expected()))
        .distinct()
        .toList();
  }

  /** The amount, where the action has one and the parameters carry it. */
  public Optional<BigDecimal> amount(JsonNode parameters) {
    return amounts
        .parameter()
        .map(parameters::path)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> MONEY.matcher(text).matches())
        .map(BigDecimal::new);
  }

  /** The currency of the amount, where the action has one and the parameters carry it. */
  public Optional<String> currency(JsonNode parameters) {
    return amounts
        .currency()
        .map(parameters::path)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  /** What a reviewer is told of this action with these parameters. */
  public ReviewerView reviewerView(JsonNode parameters) {
    List<ParameterView> views = new ArrayList<>();
    JsonNode declared = schema.path("properties");
    for (Map.Entry<String, JsonNode> property : declared.properties()) {
      views.add(declared(property.getKey(), property.getValue(), parameters));
    }
    for (Map.Entry<String, JsonNode> found : parameters.properties()) {
      if (!declared.has(found.getKey())) {
        views.add(undeclared(found.getKey(), found.getValue()));
      }
    }
    return new ReviewerView(
        texts.headline(parameters), texts.consequence(), views, texts.reasons());
  }

  private ParameterView declared(String parameter, JsonNode property, JsonNode parameters) {
    return new ParameterView(
        parameter,
        texts.labels().getOrDefault(parameter, parameter),
        parameters.path(parameter),
        unit(parameter, parameters),
        true,
        requires(parameter),
        property.path("type").asText(),
        property.deepCopy());
  }

  private static ParameterView undeclared(String parameter, JsonNode value) {
    return new ParameterView(
        parameter,
        parameter,
        value,
        Optional.empty(),
        false,
        false,
        value.getNodeType().name().toLowerCase(Locale.ROOT),
        JsonNodeFactory.instance.objectNode());
  }

  private boolean requires(String parameter) {
    for (JsonNode required : schema.path("required")) {
      if (required.asText().equals(parameter)) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> unit(String parameter, JsonNode parameters) {
    String unit = texts.units().get(parameter);
    if (unit != null) {
      return Optional.of(unit);
    }
    JsonNode currency =
        amounts.parameter().filter(parameter::equals).isPresent()
            ? amounts.currency().map(parameters::path).orElse(MissingNode.getInstance())
            : MissingNode.getInstance();
    return currency.isTextual() ? Optional.of(currency.textValue()) : Optional.empty();
  }

  /** What regulates the action, for example {@code gdpr}; nothing for most. */
  public Optional<String> regulated() {
    return about.regulated();
  }

  boolean autoApproveAtGate() {
    return about.autoApproveAtGate();
  }

  /** The words of a routing table that what is said of this action depends on. */
  List<String> words() {
    List<String> words = new ArrayList<>(amounts.limits().keySet());
    words.removeIf(word -> Objects.requireNonNull(amounts.limits().get(word)).isEmpty());
    about.regulated().ifPresent(label -> words.add("regulated"));
    return words;
  }

  AmountRules amounts() {
    return amounts;
  }

  ReviewRules review() {
    return review;
  }
}
