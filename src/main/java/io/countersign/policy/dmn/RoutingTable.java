package io.countersign.policy.dmn;

import io.countersign.shared.Reason;
import io.countersign.shared.Route;
import io.countersign.shared.WireName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The DMN table that turns facts into routes. */
public final class RoutingTable {

  /** The id of the decision. */
  public static final String DECISION = "route-action";

  private static final List<String> ROUTES =
      Arrays.stream(Route.values()).map(Route::wire).toList();
  private static final FactTable.Columns COLUMNS =
      new FactTable.Columns(DECISION, List.of("route", "rule", "reason"), RoutingTable::problem);

  private final FactTable table;

  /**
   * Reads a table and tries each of its cells.
   *
   * @param probe a value for every word the table may use
   * @throws RefusedTable naming every cell that cannot be used
   */
  public RoutingTable(byte[] dmn, Map<String, Object> probe) throws RefusedTable {
    table = new FactTable(COLUMNS, dmn, probe);
  }

  private static @Nullable String problem(String output, String text, Map<String, Object> words) {
    return switch (output) {
      case "route" -> ROUTES.contains(text) ? null : "expected one of " + ROUTES;
      case "reason" ->
          Sentence.unknownWords(text, words.keySet()).isEmpty()
              ? null
              : "expected words in braces from " + words.keySet().stream().sorted().toList();
      default -> null;
    };
  }

  /** One rule that matched. */
  public record Match(Route route, Reason reason) {}

  /** Whether some cell of the table tests this word, or compares with it. */
  public boolean uses(String word) {
    return table.uses(word);
  }

  /** Every rule that matches, in the order of the table. */
  public List<Match> evaluate(Map<String, @Nullable Object> facts) {
    return table.evaluate(facts).stream().map(row -> match(row, facts)).toList();
  }

  private static Match match(Map<String, String> row, Map<String, @Nullable Object> facts) {
    String reason = Sentence.fill(Objects.requireNonNull(row.get("reason")), facts);
    return new Match(
        WireName.parse(Route.class, Objects.requireNonNull(row.get("route"))),
        new Reason(Objects.requireNonNull(row.get("rule")), reason));
  }
}
