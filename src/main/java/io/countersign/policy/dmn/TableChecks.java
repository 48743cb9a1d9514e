package io.countersign.policy.dmn;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.UnaryTests;
import org.camunda.bpm.model.xml.ModelException;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tries every cell before the table is used: FEEL takes a misspelt word for nothing, and a rule
 * that asks for a person would then never match, in silence.
 */
final class TableChecks {

  private static final String RULE = "rule";

  private final FactTable.Columns columns;
  private final CachingFeel feel;
  private final Map<String, Object> probe;
  private final List<RefusedTable.Problem> problems = new ArrayList<>();
  private final Set<String> rules = new HashSet<>();
  private final Set<String> used = new HashSet<>();

  private TableChecks(FactTable.Columns columns, CachingFeel feel, Map<String, Object> probe) {
    this.columns = columns;
    this.feel = feel;
    this.probe = probe;
  }

  /** Checks a table; gives the words that its cells depend on. */
  static Set<String> check(
      FactTable.Columns columns, byte[] dmn, CachingFeel feel, Map<String, Object> probe)
      throws RefusedTable {
    TableChecks checks = new TableChecks(columns, feel, probe);
    try {
      checks.document(Dmn.readModelFromStream(new ByteArrayInputStream(dmn)));
    } catch (ModelException e) {
      checks.add("", "expected DMN 1.3, found a document that is not");
    }
    if (!checks.problems.isEmpty()) {
      throw new RefusedTable(checks.problems);
    }
    return Set.copyOf(checks.used);
  }

  private void document(DmnModelInstance model) {
    feelOnly("", model.getDefinitions().getExpressionLanguage());
    if (!(model.getModelElementById(columns.decision()) instanceof Decision decision)
        || !(decision.getExpression() instanceof DecisionTable table)) {
      add("", "expected a decision table with the id " + columns.decision() + ", found none");
      return;
    }
    if (table.getHitPolicy() != HitPolicy.COLLECT || table.getAggregation() != null) {
      add(table.getId(), "expected the hit policy COLLECT without aggregation, found another");
    }
    List<String> outputs = table.getOutputs().stream().map(Output::getName).toList();
    if (!outputs.equals(columns.outputs())) {
      String expected = String.join(", ", columns.outputs());
      add(table.getId(), "expected the outputs " + expected + ", found " + outputs);
      return;
    }
    List<Input> inputs = List.copyOf(table.getInputs());
    inputs.forEach(this::input);
    table.getRules().forEach(rule -> rule(rule, inputs));
  }

  private void input(Input input) {
    if (input.getCamundaInputVariable() != null || input.getInputExpression() == null) {
      add(input.getId(), "expected an input expression and no input variable, found otherwise");
      return;
    }
    feelOnly(input.getId(), input.getInputExpression().getExpressionLanguage());
    String text = input.getInputExpression().getTextContent().strip();
    if (!probe.containsKey(text)) {
      add(input.getId(), "expected one of the words " + words() + ", found " + text);
    }
  }

  private void rule(Rule rule, List<Input> inputs) {
    List<InputEntry> cells = List.copyOf(rule.getInputEntries());
    for (int i = 0; i < cells.size(); i++) {
      cell(cells.get(i), inputs.get(i).getInputExpression().getTextContent().strip());
    }
    List<OutputEntry> outputs = List.copyOf(rule.getOutputEntries());
    for (int i = 0; i < outputs.size(); i++) {
      output(columns.outputs().get(i), outputs.get(i));
    }
  }

  private void output(String name, OutputEntry entry) {
    String text = literal(entry);
    if (text == null) {
      return;
    }
    if (name.equals(RULE) && !(text.matches("[a-z][a-z0-9_]{0,63}") && rules.add(text))) {
      add(entry.getId(), "expected a name that no other rule has, found " + text);
    }
    String problem = columns.rule().problem(name, text, probe);
    if (problem != null) {
      add(entry.getId(), problem + ", found " + text);
    }
  }

  private void cell(InputEntry cell, String column) {
    feelOnly(cell.getId(), ((UnaryTests) cell).getExpressionLanguage());
    String text = cell.getTextContent().strip();
    if (text.isEmpty() || text.equals("-") || !probe.containsKey(column)) {
      return;
    }
    used.add(column);
    used.addAll(List.of(text.split("\\W+")));
    try {
      Map<String, @Nullable Object> facts = new HashMap<>(probe);
      facts.put("cellInput", probe.get(column));
      CachingFeel.Outcome outcome =
          feel.outcome(feel.test(text), new FactContext(facts), "cellInput");
      if (!(outcome.value() instanceof ValBoolean) || outcome.failures().failures().nonEmpty()) {
        add(cell.getId(), "expected a test of " + column + " in known words, found " + text);
      }
    } catch (RuntimeException e) {
      add(cell.getId(), "expected a FEEL test of " + column + ", found " + text);
    }
  }

  /** Outputs are texts, not expressions, so that a route can be read off the table. */
  private @Nullable String literal(OutputEntry output) {
    feelOnly(output.getId(), ((LiteralExpression) output).getExpressionLanguage());
    String text = output.getTextContent().strip();
    if (text.matches("\"[^\"\\\\\r\n]*\"")) {
      return text.substring(1, text.length() - 1);
    }
    add(output.getId(), "expected a text in quotes, found " + text);
    return null;
  }

  private void feelOnly(String element, @Nullable String language) {
    if (language != null
        && !language.equalsIgnoreCase("feel")
        && !language.matches("https://www\\.omg\\.org/spec/DMN/[0-9]{8}/FEEL/")) {
      add(element, "expected FEEL, found the language " + language);
    }
  }

  private Collection<String> words() {
    return probe.keySet().stream().sorted().toList();
  }

  private void add(String element, String sentence) {
    problems.add(new RefusedTable.Problem(element, sentence));
  }
}
