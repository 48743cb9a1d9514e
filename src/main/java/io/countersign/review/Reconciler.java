package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.shared.RequestId;
import io.countersign.shared.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Proves again and again that each review under way has exactly one live clock, and restores it
 * where that is not so. On several nodes one looks at a time.
 */
@Component
class Reconciler implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  static final String ONE_AT_A_TIME = "select pg_try_advisory_xact_lock(1668246635, 1)";

  private final ClockFindings findings;
  private final ClockHealing healing;
  private final AuditTrail audit;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final MeterRegistry meters;
  private final Ticker ticker;
  private final AtomicInteger broken;

  private Set<ClockFinding> told = Set.of();

  /**
   * What a run came to.
   *
   * @param healed what was put right
   * @param broken what could not be, or not yet
   */
  record Result(List<ClockFinding> healed, List<ClockFinding> broken) {}

  /** Looks every {@code countersign.reconcile-every}; never if that is zero. */
  Reconciler(
      ClockFindings findings,
      ClockHealing healing,
      AuditTrail audit,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      MeterRegistry meters,
      @Value("${countersign.reconcile-every:PT30S}") Duration interval) {
    this.findings = findings;
    this.healing = healing;
    this.audit = audit;
    this.jdbc = jdbc;
    this.transactions = new TransactionTemplate(transactions);
    this.meters = meters;
    this.ticker = new Ticker("countersign-reconciler", interval, this::run);
    this.broken =
        Objects.requireNonNull(meters.gauge("countersign.clocks.broken", new AtomicInteger()));
  }

  /** Looks once, unless another node is looking. */
  synchronized Result run() {
    Result result =
        Objects.requireNonNull(
            transactions.execute(
                transaction ->
                    jdbc.sql(ONE_AT_A_TIME).query(Boolean.class).single()
                        ? reconcile(findings.all())
                        : new Result(List.of(), List.of())));
    broken.set(result.broken().size());
    return result;
  }

  private Result reconcile(List<ClockFinding> found) {
    List<ClockFinding> healed = new ArrayList<>();
    List<ClockFinding> left = new ArrayList<>();
    Set<RequestId> looked = new HashSet<>();
    for (ClockFinding finding : found) {
      if (!healing.isDue(finding)) {
        left.add(finding);
      } else if (looked.add(finding.request())) {
        healed.addAll(heal(finding, left));
      }
    }
    left.stream().filter(finding -> !told.contains(finding)).forEach(this::tell);
    told = Set.copyOf(left);
    return new Result(healed, left);
  }

  /** One request that cannot be healed must not keep the others from it. */
  private List<ClockFinding> heal(ClockFinding finding, List<ClockFinding> left) {
    try {
      List<ClockFinding> healed = healing.heal(finding.request());
      for (ClockFinding one : healed) {
        meters.counter("countersign.clocks.healed", "finding", one.kind().wire()).increment();
        log.error("{}: {}, healed", one.request(), one.kind().wire());
      }
      return healed;
    } catch (RuntimeException e) {
      log.warn("{}: {}, not healed", finding.request(), finding.kind().wire(), e);
      left.add(finding);
      return List.of();
    }
  }

  private void tell(ClockFinding finding) {
    log.error("{}: {}", finding.request(), finding.kind().wire());
    audit.append(
        AuditEvent.of(
            "stage.clock_broken",
            finding.request(),
            "system",
            Map.of("finding", finding.kind().wire(), "ends", finding.ends().toString())));
  }

  @Override
  public void start() {
    ticker.start();
  }

  @Override
  public void stop() {
    ticker.stop();
  }

  @Override
  public boolean isRunning() {
    return ticker.isRunning();
  }
}
