package io.countersign.policy.dmn;

import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.jspecify.annotations.Nullable;

/** A table whose every matching row counts; compiled once, safe for many threads. */
final class FactTable {

  private final DmnEngine engine;
  private final DmnDecision decision;
  private final Columns columns;
  private final Rows rows;
  private final Set<String> words;

  /**
   * Reads a table and tries each of its cells.
   *
   * @param probe a value for every word the table may use
   * @throws RefusedTable naming every cell that cannot be used
   */
  FactTable(Columns columns, byte[] dmn, Map<String, Object> probe) throws RefusedTable {
    CachingFeel feel = new CachingFeel();
    words = TableChecks.check(columns, dmn, feel, probe);
    DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
    configuration.setFeelEngineFactory(() -> feel);
    this.columns = columns;
    rows = new Rows(columns, dmn, feel, probe);
    engine = configuration.buildEngine();
    decision = engine.parseDecision(columns.decision(), new ByteArrayInputStream(dmn));
  }

  /**
   * What a kind of table is called, and what may stand in the outputs of a row.
   *
   * @param decision the id of the decision
   * @param outputs the names of the output columns, in order
   */
  record Columns(String decision, List<String> outputs, OutputRule rule) {

    /** Checks the text of one output; what is wrong with it, or nothing. */
    interface OutputRule {
      @Nullable String problem(String output, String text, Map<String, Object> words);
    }
  }

  boolean uses(String word) {
    return words.contains(word);
  }

  /** The outputs of every row that matches, in the order of the table. */
  List<Map<String, String>> evaluate(Map<String, @Nullable Object> facts) {
    FactContext context = new FactContext(Collections.unmodifiableMap(facts));
    return engine.evaluateDecisionTable(decision, context).getResultList().stream()
        .map(this::texts)
        .toList();
  }

  /** The rows themselves, whatever the facts. */
  Rows rows() {
    return rows;
  }

  private Map<String, String> texts(Map<String, Object> row) {
    Map<String, String> texts = new HashMap<>();
    for (String output : columns.outputs()) {
      texts.put(output, (String) Objects.requireNonNull(row.get(output)));
    }
    return texts;
  }
}
