package io.countersign.review;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.identity.Caller;
import io.countersign.review.MigrationReport.Result;
import io.countersign.review.MigrationSurvey.Found;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets running instances go on with another version of their model: one person tries it out and
 * asks, another confirms. Each call moves all of its instances in one transaction, or none.
 */
@Service
public class ChainMigrations {

  private static final int REASONS_SHOWN = 20;

  private final ChainVersions versions;
  private final MigrationSurvey survey;
  private final ElementMapping elements;
  private final MigrationRun run;
  private final MigrationOrders orders;
  private final AuditTrail audit;
  private final Clock clock;
  private final TransactionTemplate transactions;

  ChainMigrations(
      ChainVersions versions,
      MigrationSurvey survey,
      ElementMapping elements,
      MigrationRun run,
      MigrationOrders orders,
      AuditTrail audit,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.versions = versions;
    this.survey = survey;
    this.elements = elements;
    this.run = run;
    this.orders = orders;
    this.audit = audit;
    this.clock = clock;
    this.transactions = new TransactionTemplate(transactions);
  }

  /** What is deployed, and what runs on it. */
  public List<Chain> chains() {
    return versions.all();
  }

  /** What was asked for about one chain, newest first. */
  public List<MigrationOrder> orders(String chain, int limit) {
    versions.requireKnown(chain);
    return orders.list(chain, limit);
  }

  /**
   * Does it, looks what became of it, and takes it back.
   *
   * @throws Problem if there is no such chain or version
   */
  public MigrationReport rehearse(MigrationWish wish) {
    return carryOut(wish, true, moved -> {});
  }

  /**
   * Asks for a migration that is possible now; nothing is moved yet.
   *
   * @throws Problem if it is not possible
   */
  public MigrationOrder ask(MigrationWish wish, String reason, Caller person) {
    requirePossible(rehearse(wish));
    MigrationOrder order =
        new MigrationOrder(
            UuidCreator.getTimeOrderedEpoch(),
            wish,
            reason,
            person.subject(),
            person.name(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    transactions.executeWithoutResult(
        status -> {
          orders.add(order);
          audit.append(
              new AuditEvent(
                  "chain.migration_asked", Optional.empty(), actor(person), facts(order)));
        });
    return order;
  }

  /**
   * Moves the next instances, as somebody else has asked. The same again moves those that are left.
   *
   * @throws Problem if nothing was asked, the same person has, it is too long ago, or one of the
   *     instances cannot be moved
   */
  public MigrationReport confirm(String chain, UUID id, Caller other) {
    MigrationOrder order =
        orders
            .find(chain, id)
            .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "there is no such migration"));
    if (order.subject().equals(other.subject())) {
      throw conflict("you have asked for this migration; another person has to confirm it");
    }
    if (!clock.instant().isBefore(order.until())) {
      throw conflict("this migration was asked for more than a day ago; ask for it again");
    }
    MigrationReport report =
        carryOut(order.wish(), false, moved -> record(order, moved, actor(other)));
    requirePossible(report);
    return report;
  }

  private void record(MigrationOrder order, Result moved, String actor) {
    Map<String, Object> facts =
        Stream.concat(
                facts(order).entrySet().stream(),
                Stream.of(
                    Map.entry("instance", moved.instance()),
                    Map.entry("askedBy", "person:" + order.subject())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    audit.append(AuditEvent.of("chain.migrated", moved.request(), actor, facts));
  }

  private static Map<String, Object> facts(MigrationOrder order) {
    return Map.of(
        "migration", order.id().toString(),
        "chain", order.wish().chain(),
        "from", order.wish().from(),
        "to", order.wish().to());
  }

  private static String actor(Caller person) {
    return "person:" + person.subject();
  }

  private MigrationReport carryOut(MigrationWish wish, boolean dryRun, Consumer<Result> moved) {
    ProcessDefinition from = versions.require(wish.chain(), wish.from(), "/from");
    ProcessDefinition to = versions.require(wish.chain(), wish.to(), "/to");
    requireElements(wish, from, to);
    try {
      return Objects.requireNonNull(
          transactions.execute(
              status -> {
                MigrationReport report = inOneGo(wish, dryRun, from, to);
                if (dryRun || !report.possible()) {
                  status.setRollbackOnly();
                } else {
                  report.results().forEach(moved);
                }
                return report;
              }));
    } catch (OptimisticLockingException | ConcurrencyFailureException lost) {
      throw conflict(
          "somebody claimed or decided one of these at the same moment; nothing was moved, try"
              + " again");
    }
  }

  private void requireElements(MigrationWish wish, ProcessDefinition from, ProcessDefinition to) {
    if (!elements.waits(from).keySet().containsAll(wish.mapping().keySet())
        || !elements.waits(to).keySet().containsAll(wish.mapping().values())) {
      throw new Problem(
          ProblemType.INVALID_BODY,
          "/mapping",
          "expected ids of elements at which something waits: of version "
              + wish.from()
              + " as names, of version "
              + wish.to()
              + " as values");
    }
  }

  private MigrationReport inOneGo(
      MigrationWish wish, boolean dryRun, ProcessDefinition from, ProcessDefinition to) {
    MigrationPlan plan;
    try {
      plan = elements.plan(from, to, wish.mapping());
    } catch (MigrationPlanValidationException refused) {
      Found found = survey.look(from, wish.mapping());
      List<String> reasons = EngineRefusals.of(refused.getValidationReport());
      return report(wish, dryRun, found, reasons, List.of());
    }
    Found found = survey.look(from, MigrationRun.becomes(plan));
    List<Result> results = run.run(from, to, wish.requests(), plan);
    return report(wish, dryRun, found, reasons(results), results);
  }

  private static List<String> reasons(List<Result> results) {
    Map<String, Long> counts =
        results.stream()
            .flatMap(result -> result.reasons().stream())
            .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(
            it ->
                it.getKey()
                    + " ("
                    + it.getValue()
                    + (it.getValue() == 1 ? " instance)" : " instances)"))
        .toList();
  }

  private static MigrationReport report(
      MigrationWish wish, boolean dryRun, Found found, List<String> reasons, List<Result> results) {
    boolean possible = reasons.isEmpty();
    return new MigrationReport(
        wish.chain(),
        wish.from(),
        wish.to(),
        dryRun,
        possible,
        reasons,
        found.instances(),
        found.instances() - (possible ? results.size() : 0),
        found.waiting(),
        found.mapped(),
        found.unmapped(),
        found.called(),
        results.stream().map(result -> dryRun ? result.rehearsed() : result).toList());
  }

  private static void requirePossible(MigrationReport report) {
    if (!report.possible()) {
      throw conflict(
          "no instance was moved: "
              + report.reasons().stream().limit(REASONS_SHOWN).collect(Collectors.joining("; ")));
    }
  }

  private static Problem conflict(String sentence) {
    return new Problem(ProblemType.CONFLICT, sentence);
  }
}
