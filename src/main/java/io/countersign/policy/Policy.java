package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.policy.dmn.RefusedTable;
import io.countersign.policy.dmn.RoutingTable;
import io.countersign.policy.dmn.StagesTable;
import io.countersign.shared.Mode;
import io.countersign.shared.Reason;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Route;
import io.countersign.shared.StagePlan;
import io.countersign.shared.json.CanonicalJson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The deployed policy: manifest and tables, read once at start, with its digest. */
public final class Policy {

  private static final Reason UNKNOWN =
      new Reason("unknown_action", "The action is not in the manifest");
  private static final RoutingTable.Match NO_RULE =
      new RoutingTable.Match(
          Route.HUMAN_REVIEW,
          new Reason("no_rule_matched", "No rule of the routing table matched"));

  private final String version;
  private final Map<String, ActionPolicy> actions;
  private final SensitiveTexts sensitive;
  private final RoutingTable table;
  private final StagePlans stages;

  private Policy(
      String version, ManifestReader.Manifest manifest, RoutingTable table, StagePlans stages) {
    this.version = version;
    this.actions = manifest.actions();
    this.sensitive = manifest.sensitive();
    this.table = table;
    this.stages = stages;
  }

  /**
   * Reads a policy.
   *
   * @throws ManifestRefused with every error found in any of the files
   */
  public static Policy load(PolicyFiles files) throws ManifestRefused {
    List<ManifestError> errors = new ArrayList<>();
    ManifestReader.Manifest manifest =
        ManifestReader.read(files.manifest(), files.schema(), errors);
    RoutingTable table =
        read(
            PolicyFiles.TABLE, errors, () -> new RoutingTable(files.table(), RoutingFacts.probe()));
    StagesTable stages =
        read(
            PolicyFiles.STAGES,
            errors,
            () -> new StagesTable(files.stages(), StagePlans.probe(manifest.actions().keySet())));
    if (table != null) {
      requireUsed(table, manifest, errors);
    }
    if (table == null || stages == null || !errors.isEmpty()) {
      throw new ManifestRefused(errors);
    }
    return new Policy(digest(files), manifest, table, new StagePlans(stages));
  }

  private interface TableReader<T> {
    T read() throws RefusedTable;
  }

  private static <T> @Nullable T read(
      String file, List<ManifestError> errors, TableReader<T> reader) {
    try {
      return reader.read();
    } catch (RefusedTable e) {
      e.problems()
          .forEach(
              problem ->
                  errors.add(new ManifestError(file, 0, problem.element(), problem.sentence())));
      return null;
    }
  }

  /** A limit that no rule looks at would hold nobody back, in silence. */
  private static void requireUsed(
      RoutingTable table, ManifestReader.Manifest manifest, List<ManifestError> errors) {
    Stream.concat(
            manifest.actions().values().stream().flatMap(action -> action.words().stream()),
            manifest.sensitive().words().stream())
        .distinct()
        .filter(word -> !table.uses(word))
        .map(
            word ->
                new ManifestError(
                    PolicyFiles.TABLE,
                    0,
                    RoutingTable.DECISION,
                    "expected a rule that uses " + word + ", which actions.yaml sets, found none"))
        .forEach(errors::add);
  }

  /** Lengths go in as well, so that no byte can move from one file to the next unnoticed. */
  private static String digest(PolicyFiles files) {
    byte[][] parts = {files.manifest(), files.schema(), files.table(), files.stages()};
    int size = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteBuffer all = ByteBuffer.allocate(size + parts.length * Integer.BYTES);
    for (byte[] part : parts) {
      all.putInt(part.length).put(part);
    }
    return "sha-256:" + CanonicalJson.sha256Hex(all.array());
  }

  /** {@code sha-256:} and the digest over the bytes of manifest, schema and tables. */
  public String version() {
    return version;
  }

  /** Every action of the manifest, in its order. */
  public Collection<ActionPolicy> actions() {
    return actions.values();
  }

  /** What the manifest says of an action; nothing for an action it does not know. */
  public Optional<ActionPolicy> find(String action) {
    return Optional.ofNullable(actions.get(action));
  }

  /** Every stage that a known action may owe, whatever the facts. */
  public List<StagePlan> stagesThatMayBeOwed(ActionPolicy action) {
    return stages.possible(action);
  }

  /**
   * The names of the sensitive texts that are found in a proposal.
   *
   * @param rest what else the agent said; searched only for what is sensitive everywhere
   */
  public List<String> sensitiveIn(JsonNode parameters, List<JsonNode> rest) {
    return sensitive.in(parameters, rest);
  }

  /** Where some facts lead when nothing came before. */
  public Verdict route(Facts facts) {
    return route(facts, Circumstances.NONE);
  }

  /** Where some facts lead, and why; the most restrictive rule wins. */
  public Verdict route(Facts facts, Circumstances circumstances) {
    ActionPolicy action = actions.get(facts.action());
    return action == null ? unknown(circumstances) : route(action, facts, circumstances);
  }

  /** A table may say more about an unknown action, never less. */
  private Verdict unknown(Circumstances circumstances) {
    List<RoutingTable.Match> matches = new ArrayList<>(table.evaluate(RoutingFacts.unknown()));
    matches.addAll(overrides(circumstances));
    List<Reason> reasons = reasons(matches, Route.BLOCK);
    return new Verdict(
        Route.BLOCK,
        Mode.PERSON_FIRST,
        reasons.isEmpty() ? List.of(UNKNOWN) : reasons,
        Optional.empty());
  }

  private Verdict route(ActionPolicy action, Facts facts, Circumstances circumstances) {
    List<RoutingTable.Match> matches =
        new ArrayList<>(table.evaluate(RoutingFacts.of(action, facts, circumstances)));
    if (matches.isEmpty()) {
      matches.add(NO_RULE);
    }
    matches.addAll(overrides(circumstances));
    Route route =
        matches.stream().map(RoutingTable.Match::route).reduce(Route.AUTO_APPROVE, Route::stricter);
    return verdict(action, facts, circumstances, route, reasons(matches, route));
  }

  private Verdict verdict(
      ActionPolicy action,
      Facts facts,
      Circumstances circumstances,
      Route route,
      List<Reason> reasons) {
    boolean people = route == Route.HUMAN_REVIEW || route == Route.ESCALATE;
    return new Verdict(
        route,
        people ? Mode.PERSON_FIRST : action.mode(),
        reasons,
        people
            ? Optional.of(plan(action, facts, circumstances, route))
            : route == Route.AUTO_APPROVE
                ? ReviewPlans.objectionWindow(action, facts)
                : Optional.empty());
  }

  /** The verdict on some facts made stricter for a reason that lies outside of them. */
  public Verdict stricter(Facts facts, Verdict alone, Route route, Reason reason) {
    ActionPolicy action = actions.get(facts.action());
    if (action == null || alone.route().compareTo(route) >= 0) {
      return alone;
    }
    List<Reason> reasons = new ArrayList<>(List.of(reason));
    reasons.addAll(alone.reasons());
    return verdict(action, facts, Circumstances.NONE, route, reasons);
  }

  private ReviewPlan plan(
      ActionPolicy action, Facts facts, Circumstances circumstances, Route route) {
    ReviewPlan plan = ReviewPlans.of(action, facts, circumstances, route);
    return plan.withStages(stages.of(action, facts, circumstances, route, plan));
  }

  /** What operators say is no row of a table, so that no table can leave it out. */
  private static List<RoutingTable.Match> overrides(Circumstances circumstances) {
    return circumstances.overrides().stream()
        .map(
            override ->
                new RoutingTable.Match(
                    override.route(),
                    new Reason("override", "An operator decided: " + override.reason())))
        .toList();
  }

  private static List<Reason> reasons(List<RoutingTable.Match> matches, Route first) {
    List<Reason> reasons = new ArrayList<>();
    List<Reason> others = new ArrayList<>();
    for (RoutingTable.Match match : matches) {
      (match.route() == first ? reasons : others).add(match.reason());
    }
    reasons.addAll(others);
    return reasons;
  }
}
