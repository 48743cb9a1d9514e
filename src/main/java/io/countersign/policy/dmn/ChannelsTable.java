package io.countersign.policy.dmn;

import io.countersign.shared.Channel;
import io.countersign.shared.WireName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The DMN table that says by which channels people are told. */
public final class ChannelsTable {

  private static final String NONE = "none";
  private static final String WAIT = "wait";
  private static final List<String> CHANNELS =
      Stream.concat(Stream.of(NONE), Arrays.stream(Channel.values()).map(Channel::wire)).toList();
  private static final List<String> QUIET_HOURS = List.of(WAIT, "disturb");
  private static final FactTable.Columns COLUMNS =
      new FactTable.Columns(
          "choose-channels", List.of("channel", "quietHours", "rule"), ChannelsTable::problem);

  private final FactTable table;

  /**
   * Reads a table and tries each of its cells.
   *
   * @param probe a value for every word the table may use
   * @throws RefusedTable naming every cell that cannot be used
   */
  public ChannelsTable(byte[] dmn, Map<String, Object> probe) throws RefusedTable {
    table = new FactTable(COLUMNS, dmn, probe);
  }

  private static @Nullable String problem(String output, String text, Map<String, Object> words) {
    return switch (output) {
      case "channel" -> CHANNELS.contains(text) ? null : "expected one of " + CHANNELS;
      case "quietHours" -> QUIET_HOURS.contains(text) ? null : "expected one of " + QUIET_HOURS;
      default -> null;
    };
  }

  /**
   * One rule that matched.
   *
   * @param channel nothing if the rule is there to say that nobody is told
   * @param waits whether quiet hours are kept
   */
  public record Match(Optional<Channel> channel, boolean waits) {}

  /** Every rule that matches, in the order of the table. */
  public List<Match> evaluate(Map<String, @Nullable Object> facts) {
    return table.evaluate(facts).stream().map(ChannelsTable::match).toList();
  }

  private static Match match(Map<String, String> row) {
    String channel = Objects.requireNonNull(row.get("channel"));
    return new Match(
        channel.equals(NONE)
            ? Optional.empty()
            : Optional.of(WireName.parse(Channel.class, channel)),
        WAIT.equals(row.get("quietHours")));
  }
}
