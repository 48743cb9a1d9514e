package io.countersign.policy.dmn;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The DMN table that turns facts into the stages that people owe a decision on. */
public final class StagesTable {

  private static final String ACTION = "action";
  private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern STEP = Pattern.compile("[1-9]");
  private static final FactTable.Columns COLUMNS =
      new FactTable.Columns(
          "plan-stages", List.of("stage", "step", "asked", "rule"), StagesTable::problem);

  private final FactTable table;

  /**
   * Reads a table and tries each of its cells.
   *
   * @param probe a value for every word the table may use
   * @throws RefusedTable naming every cell that cannot be used
   */
  public StagesTable(byte[] dmn, Map<String, Object> probe) throws RefusedTable {
    table = new FactTable(COLUMNS, dmn, probe);
  }

  private static @Nullable String problem(String output, String text, Map<String, Object> words) {
    return switch (output) {
      case "stage" ->
          STAGE.matcher(text).matches() ? null : "expected lower-case letters, digits and hyphens";
      case "step" -> STEP.matcher(text).matches() ? null : "expected a step from 1 to 9";
      case "asked" -> Asked.problem(text);
      default -> null;
    };
  }

  /** One stage that is owed. */
  public record Match(String stage, int step, Asked asked) {}

  /** Every stage that is owed, in the order of the table; empty if no rule matches. */
  public List<Match> evaluate(Map<String, @Nullable Object> facts) {
    return table.evaluate(facts).stream().map(StagesTable::match).toList();
  }

  /**
   * A stage that is owed under some facts.
   *
   * @param always whether no other word than the action decides about it
   */
  public record Possible(Match match, boolean always) {}

  /** Every stage that may be owed for an action, whatever the other facts are. */
  public List<Possible> possible(String action) {
    return table.rows().accepting(ACTION, action).stream()
        .map(
            row ->
                new Possible(
                    match(row.outputs()), Set.of(ACTION).containsAll(row.cells().keySet())))
        .toList();
  }

  private static Match match(Map<String, String> row) {
    return new Match(
        Objects.requireNonNull(row.get("stage")),
        Integer.parseInt(Objects.requireNonNull(row.get("step"))),
        Asked.parse(Objects.requireNonNull(row.get("asked"))));
  }
}
