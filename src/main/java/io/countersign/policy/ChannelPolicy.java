package io.countersign.policy;

import io.countersign.policy.dmn.ChannelsTable;
import io.countersign.policy.dmn.RefusedTable;
import io.countersign.shared.Channel;
import io.countersign.shared.ChannelRules;
import io.countersign.shared.Occasion;
import io.countersign.shared.Role;
import io.countersign.shared.Severity;
import io.countersign.shared.Urgency;
import io.countersign.shared.json.CanonicalJson;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of channels, read once at start. It has a version of its own: how people are told
 * changes no route, so what was routed before stays comparable.
 */
final class ChannelPolicy implements ChannelRules {

  /** Whom a table forgets is told all the same, and is not woken for it. */
  private static final Set<Way> FORGOTTEN = Set.of(new Way(Channel.EMAIL, true));

  private final ChannelsTable table;
  private final String version;

  private ChannelPolicy(ChannelsTable table, String version) {
    this.table = table;
    this.version = version;
  }

  /**
   * Reads a table.
   *
   * @throws ManifestRefused with every error found in it
   */
  static ChannelPolicy load(byte[] dmn) throws ManifestRefused {
    try {
      return new ChannelPolicy(
          new ChannelsTable(dmn, probe()), "sha-256:" + CanonicalJson.sha256Hex(dmn));
    } catch (RefusedTable e) {
      throw new ManifestRefused(
          e.problems().stream()
              .map(it -> new ManifestError(PolicyFiles.CHANNELS, 0, it.element(), it.sentence()))
              .toList());
    }
  }

  private static Map<String, Object> probe() {
    return new HashMap<>(
        words(new Situation(Urgency.NORMAL, Severity.HIGH, Role.REVIEWER, Occasion.ASKED)));
  }

  private static Map<String, Object> words(Situation situation) {
    return Map.of(
        "urgency", situation.urgency().wire(),
        "severity", situation.severity().wire(),
        "role", situation.role().realmName(),
        "occasion", situation.occasion().wire());
  }

  /** Of two rules for one channel the one counts that disturbs. */
  @Override
  public Set<Way> ways(Situation situation) {
    Map<String, @Nullable Object> words = new HashMap<>(words(situation));
    List<ChannelsTable.Match> matches = table.evaluate(words);
    if (matches.isEmpty()) {
      return FORGOTTEN;
    }
    Map<Channel, Boolean> waits = new EnumMap<>(Channel.class);
    for (ChannelsTable.Match match : matches) {
      match.channel().ifPresent(it -> waits.merge(it, match.waits(), Boolean::logicalAnd));
    }
    return waits.entrySet().stream()
        .map(entry -> new Way(entry.getKey(), entry.getValue()))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String version() {
    return version;
  }
}
