package io.countersign.policy.dmn;

import io.countersign.shared.Reason;
import io.countersign.shared.Route;
import io.countersign.shared.WireName;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.jspecify.annotations.Nullable;

/** The DMN table that turns facts into routes; compiled once, safe for many threads. */
public final class RoutingTable {

  /** The id of the decision. */
  public static final String DECISION = "route-action";

  private final DmnEngine engine;
  private final DmnDecision decision;
  private final Set<String> words;

  /**
   * Reads a table and tries each of its cells.
   *
   * @param probe a value for every word the table may use
   * @throws RefusedTable naming every cell that cannot be used
   */
  public RoutingTable(byte[] dmn, Map<String, Object> probe) throws RefusedTable {
    CachingFeel feel = new CachingFeel();
    words = TableChecks.check(dmn, feel, probe);
    DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
    configuration.setFeelEngineFactory(() -> feel);
    engine = configuration.buildEngine();
    decision = engine.parseDecision(DECISION, new ByteArrayInputStream(dmn));
  }

  /** One rule that matched. */
  public record Match(Route route, Reason reason) {}

  /** Whether some cell of the table tests this word, or compares with it. */
  public boolean uses(String word) {
    return words.contains(word);
  }

  /** Every rule that matches, in the order of the table. */
  public List<Match> evaluate(Map<String, @Nullable Object> facts) {
    VariableContext context = new FactContext(Collections.unmodifiableMap(facts));
    List<Match> matches = new ArrayList<>();
    for (DmnDecisionRuleResult result : engine.evaluateDecisionTable(decision, context)) {
      Route route = WireName.parse(Route.class, text(result, "route"));
      String reason = Sentence.fill(text(result, "reason"), facts);
      matches.add(new Match(route, new Reason(text(result, "rule"), reason)));
    }
    return matches;
  }

  private static String text(DmnDecisionRuleResult result, String output) {
    return Objects.requireNonNull(result.<String>getEntry(output));
  }
}
