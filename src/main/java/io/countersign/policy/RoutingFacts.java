package io.countersign.policy;

import io.countersign.shared.Totals;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words a routing table may use. Nothing an agent wrote is among them: texts enter as counts
 * and yes or no only.
 */
final class RoutingFacts {

  private static final List<String> NAMES =
      List.of(
          "known",
          "rejectedBefore",
          "confidence",
          "gate",
          "escalateConfidence",
          "autoApproveAtGate",
          "uncertaintyFactors",
          "maxUncertaintyFactors",
          "triggers",
          "recommendedReview",
          "sensitive",
          "sensitiveNames",
          "regulated",
          "hasAmount",
          "amount",
          "runAutoApproved",
          "runTotal",
          "dayAutoApproved",
          "dayTotal",
          "autoApproveBelow",
          "reviewFrom",
          "roleAbove",
          "roleAboveName",
          "runLimit",
          "dayLimit",
          "autoApproveDayLimit",
          "approvalRequired",
          "severity",
          "reversible");

  private RoutingFacts() {}

  /** One value for each word, to try every cell of a table with when it is read. */
  static Map<String, Object> probe() {
    Map<String, Object> probe = new HashMap<>();
    NAMES.forEach(name -> probe.put(name, BigDecimal.ONE));
    for (String yesOrNo :
        List.of(
            "known",
            "rejectedBefore",
            "autoApproveAtGate",
            "recommendedReview",
            "hasAmount",
            "approvalRequired",
            "reversible")) {
      probe.put(yesOrNo, true);
    }
    probe.put("severity", "high");
    probe.put("roleAboveName", "finance-approver");
    probe.put("sensitiveNames", "private_key");
    probe.put("regulated", "gdpr");
    return probe;
  }

  static Map<String, @Nullable Object> unknown() {
    Map<String, @Nullable Object> facts = new HashMap<>();
    NAMES.forEach(name -> facts.put(name, null));
    facts.put("known", false);
    return facts;
  }

  static Map<String, @Nullable Object> of(
      ActionPolicy action, Facts facts, Circumstances circumstances) {
    Map<String, @Nullable Object> words = new HashMap<>();
    words.put("known", true);
    words.put("rejectedBefore", circumstances.rejectedBefore());
    words.put("severity", action.severity().wire());
    words.put("reversible", action.reversible());
    words.put("approvalRequired", action.approvalRequired());
    words.put("recommendedReview", facts.recommendedReview());
    words.put("triggers", BigDecimal.valueOf(facts.triggers().size()));
    words.put("sensitive", BigDecimal.valueOf(facts.sensitive().size()));
    words.put("sensitiveNames", String.join(", ", facts.sensitive()));
    words.put("regulated", action.regulated().orElse(null));
    addConfidence(words, action, facts);
    BigDecimal amount = action.amount(facts.parameters()).orElse(null);
    addAmounts(words, action.amounts(), amount);
    addTotals(words, amount, circumstances.before());
    return words;
  }

  private static void addConfidence(
      Map<String, @Nullable Object> words, ActionPolicy action, Facts facts) {
    Thresholds thresholds = action.thresholds();
    words.put("confidence", facts.confidence());
    words.put("gate", thresholds.autoApproveConfidence());
    words.put("escalateConfidence", thresholds.escalateConfidence());
    words.put("autoApproveAtGate", action.autoApproveAtGate());
    words.put("uncertaintyFactors", BigDecimal.valueOf(facts.uncertaintyFactors().size()));
    words.put("maxUncertaintyFactors", BigDecimal.valueOf(thresholds.maxUncertaintyFactors()));
  }

  private static void addAmounts(
      Map<String, @Nullable Object> words, AmountRules rules, @Nullable BigDecimal amount) {
    words.put("hasAmount", rules.parameter().isPresent());
    words.put("amount", amount);
    words.put("autoApproveBelow", rules.autoApproveBelow().orElse(BigDecimal.ZERO));
    words.put("reviewFrom", rules.reviewFrom().orElse(null));
    words.put("roleAbove", rules.above().map(AmountRules.Above::amount).orElse(null));
    words.put("roleAboveName", rules.above().map(above -> above.role().realmName()).orElse(null));
    rules.limits().forEach((word, limit) -> words.put(word, limit.orElse(null)));
  }

  /** A proposal without a run is a run of its own. */
  private static void addTotals(
      Map<String, @Nullable Object> words, @Nullable BigDecimal amount, Totals before) {
    words.put("runAutoApproved", sum(before.runAutoApproved(), amount));
    words.put("runTotal", sum(before.run(), amount));
    words.put("dayAutoApproved", sum(before.dayAutoApproved(), amount));
    words.put("dayTotal", sum(before.day(), amount));
  }

  private static @Nullable BigDecimal sum(BigDecimal before, @Nullable BigDecimal amount) {
    return amount == null ? null : before.add(amount);
  }
}
