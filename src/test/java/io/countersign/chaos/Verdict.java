package io.countersign.chaos;

import io.countersign.chaos.Evidence.Entry;
import io.countersign.chaos.Evidence.Request;
import io.countersign.chaos.Evidence.Stage;
import io.countersign.chaos.Evidence.Use;
import io.countersign.chaos.Ledger.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be true after whatever happened; each check names those that are guilty. */
final class Verdict {

  private static final Set<String> APPROVING = Set.of("approve", "edit");

  private Verdict() {}

  /** All checks by name, in order, with what each has found. */
  static Map<String, List<String>> of(Evidence evidence) {
    Map<String, Function<Evidence, List<String>>> checks = new LinkedHashMap<>();
    checks.put("acknowledged and lost", Verdict::lost);
    checks.put("executed without a grant", Verdict::withoutGrant);
    checks.put("executed twice", Verdict::twice);
    checks.put("executed with other bytes", Verdict::otherBytes);
    checks.put("executed without an approval", Verdict::withoutApproval);
    checks.put("executed by a trick", Verdict::byTrick);
    checks.put("redeemed and not told", Verdict::notTold);
    checks.put("approved and not executed", Verdict::stranded);
    checks.put("open without a deadline", Verdict::withoutDeadline);
    checks.put("open past its deadline", Verdict::overdue);
    checks.put("log not sound", Evidence::doubts);
    checks.put("not in the log", Verdict::unlogged);
    Map<String, List<String>> charges = new LinkedHashMap<>();
    checks.forEach((name, check) -> charges.put(name, check.apply(evidence)));
    return charges;
  }

  /** Whom an agent was promised to be kept, and what is not there as it was sent. */
  static List<String> lost(Evidence evidence) {
    return evidence.acknowledged().stream()
        .filter(
            promise ->
                evidence
                    .request(promise.request())
                    .filter(
                        kept ->
                            kept.agent().equals(promise.agent())
                                && kept.key().equals(promise.key())
                                && kept.digest().equals(promise.digest()))
                    .isEmpty())
        .map(promise -> promise.request() + " under " + promise.key())
        .toList();
  }

  static List<String> withoutGrant(Evidence evidence) {
    Set<Use> uses = Set.copyOf(evidence.uses());
    return guilty(
        evidence,
        effect ->
            evidence
                .request(effect.request())
                .map(request -> new Use(request.id(), request.grant(), effect.key()))
                .filter(use -> !use.grant().isEmpty() && uses.contains(use))
                .isEmpty());
  }

  static List<String> twice(Evidence evidence) {
    return repeated(evidence.effects().stream().map(Effect::request));
  }

  static List<String> otherBytes(Evidence evidence) {
    return guilty(
        evidence,
        effect ->
            evidence
                .request(effect.request())
                .filter(it -> it.decided().equals(effect.deed().digest()))
                .isEmpty());
  }

  /** Neither policy nor a person who saw these bytes had approved it. */
  static List<String> withoutApproval(Evidence evidence) {
    Set<List<String>> approved =
        evidence.votes().stream()
            .filter(vote -> APPROVING.contains(vote.decision()))
            .map(vote -> List.of(vote.request(), vote.digest()))
            .collect(Collectors.toSet());
    return guilty(
        evidence,
        effect ->
            evidence
                .request(effect.request())
                .filter(Request::isApproved)
                .filter(
                    it ->
                        it.neededNobody()
                            || approved.contains(List.of(it.id(), effect.deed().digest())))
                .isEmpty());
  }

  static List<String> byTrick(Evidence evidence) {
    return guilty(evidence, effect -> !effect.how().mayHappen());
  }

  /** Who redeems asks until told, so every use must have had its effect. */
  static List<String> notTold(Evidence evidence) {
    Set<List<String>> done =
        evidence.effects().stream()
            .map(effect -> List.of(effect.request(), effect.key()))
            .collect(Collectors.toSet());
    return evidence.uses().stream()
        .filter(use -> !done.contains(List.of(use.request(), use.key())))
        .map(Use::toString)
        .toList();
  }

  /** Executors try until they may. */
  static List<String> stranded(Evidence evidence) {
    Set<String> done = evidence.effects().stream().map(Effect::request).collect(Collectors.toSet());
    return evidence.requests().values().stream()
        .filter(request -> request.isApproved() && !done.contains(request.id()))
        .map(Request::id)
        .toList();
  }

  /** An open request has a deadline and a review; each review has exactly one clock. */
  static List<String> withoutDeadline(Evidence evidence) {
    Set<String> reviewed =
        evidence.stages().stream().map(Stage::request).collect(Collectors.toSet());
    Stream<String> requests =
        evidence.requests().values().stream()
            .filter(Request::isOpen)
            .filter(request -> !request.hasDeadline() || !reviewed.contains(request.id()))
            .map(Request::id);
    Stream<String> stages =
        evidence.stages().stream().filter(stage -> stage.clocks() != 1).map(Stage::toString);
    return Stream.of(requests, stages, evidence.findings().stream())
        .flatMap(Function.identity())
        .toList();
  }

  static List<String> overdue(Evidence evidence) {
    return evidence.stages().stream().filter(Stage::isOverdue).map(Stage::toString).toList();
  }

  /** Each request, its end and each use of a grant stands in the log once. */
  static List<String> unlogged(Evidence evidence) {
    Map<Entry, Long> logged =
        evidence.entries().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    List<Entry> expected = new ArrayList<>();
    for (Request request : evidence.requests().values()) {
      expected.add(new Entry("request.proposed", request.id()));
      if (!request.isOpen() && !request.neededNobody() && !request.route().equals("block")) {
        expected.add(
            new Entry(
                request.status().equals("withdrawn") ? "request.withdrawn" : "request.concluded",
                request.id()));
      }
    }
    evidence.uses().forEach(use -> expected.add(new Entry("grant.redeemed", use.request())));
    List<String> charges =
        new ArrayList<>(
            expected.stream()
                .filter(entry -> logged.getOrDefault(entry, 0L) != 1)
                .map(Entry::toString)
                .toList());
    if (evidence.unlogged() != 0) {
      charges.add(evidence.unlogged() + " entries have no place in the log");
    }
    return charges;
  }

  private static List<String> guilty(Evidence evidence, Predicate<Effect> isGuilty) {
    return evidence.effects().stream().filter(isGuilty).map(Effect::toString).toList();
  }

  private static List<String> repeated(Stream<String> names) {
    return names
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 1)
        .map(entry -> entry.getKey() + ", " + entry.getValue() + " times")
        .toList();
  }
}
