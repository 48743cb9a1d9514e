package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.shared.RequestId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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
  private final Duration interval;
  private final AtomicInteger broken;

  private Set<ClockFinding> told = Set.of();
  private @Nullable ScheduledExecutorService thread;

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
    this.interval = interval;
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

  private void runQuietly() {
    try {
      run();
    } catch (RuntimeException e) {
      log.warn("The clocks of reviews were not checked: {}", e.getMessage());
    }
  }

  @Override
  public synchronized void start() {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "countersign-reconciler");
              daemon.setDaemon(true);
              return daemon;
            });
    if (!interval.isZero()) {
      thread.scheduleWithFixedDelay(
          this::runQuietly, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void stop() {
    if (thread != null) {
      thread.shutdownNow();
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
