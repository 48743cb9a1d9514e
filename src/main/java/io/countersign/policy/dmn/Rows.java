package io.countersign.policy.dmn;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.jspecify.annotations.Nullable;

/** The rows of a checked table, for questions about all facts that could ever come. */
final class Rows {

  private final CachingFeel feel;
  private final Map<String, Object> probe;
  private final List<Row> all;

  /**
   * One row.
   *
   * @param cells the tests that say something, by the word they test
   * @param outputs the texts that come out, by column
   */
  record Row(Map<String, String> cells, Map<String, String> outputs) {}

  Rows(FactTable.Columns columns, byte[] dmn, CachingFeel feel, Map<String, Object> probe) {
    this.feel = feel;
    this.probe = Map.copyOf(probe);
    DecisionTable table =
        (DecisionTable)
            Dmn.readModelFromStream(new ByteArrayInputStream(dmn))
                .getModelElementsByType(DecisionTable.class)
                .stream()
                .filter(
                    it -> it.getParentElement().getAttributeValue("id").equals(columns.decision()))
                .findFirst()
                .orElseThrow();
    List<String> words = table.getInputs().stream().map(Rows::word).toList();
    all = table.getRules().stream().map(rule -> row(rule, words, columns.outputs())).toList();
  }

  private static String word(Input input) {
    return input.getInputExpression().getTextContent().strip();
  }

  private static Row row(Rule rule, List<String> words, List<String> outputs) {
    Map<String, String> cells = new HashMap<>();
    List<String> tests =
        rule.getInputEntries().stream().map(cell -> cell.getTextContent().strip()).toList();
    IntStream.range(0, tests.size())
        .filter(i -> !tests.get(i).isEmpty() && !tests.get(i).equals("-"))
        .forEach(i -> cells.put(words.get(i), tests.get(i)));
    List<String> texts =
        rule.getOutputEntries().stream().map(cell -> cell.getTextContent().strip()).toList();
    Map<String, String> named = new HashMap<>();
    IntStream.range(0, texts.size())
        .forEach(i -> named.put(outputs.get(i), texts.get(i).replaceAll("^\"|\"$", "")));
    return new Row(Map.copyOf(cells), Map.copyOf(named));
  }

  /** Every row that could match when this word has this value, whatever the other words are. */
  List<Row> accepting(String word, Object value) {
    return all.stream().filter(row -> accepts(row.cells().get(word), word, value)).toList();
  }

  private boolean accepts(@Nullable String test, String word, Object value) {
    if (test == null) {
      return true;
    }
    Map<String, Object> facts = new HashMap<>(probe);
    facts.put(word, value);
    facts.put("cellInput", value);
    CachingFeel.Outcome outcome =
        feel.outcome(feel.test(test), new FactContext(Map.copyOf(facts)), "cellInput");
    return !(outcome.value() instanceof ValBoolean match) || match.value();
  }
}
