package io.countersign.chaos;

import io.countersign.review.ReviewClocks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets robots work while everything under them fails, and judges what is left. */
final class Storm {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long LOOK_MILLIS = 500;

  private final Parameters parameters;
  private final Path folder;
  private final Consumer<String> say;
  private final Tally tally = new Tally();
  private final Work work;
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  /**
   * What it came to.
   *
   * @param charges what each check has found
   * @param struck how many faults of each kind there were
   * @param tally what the robots were answered, and how requests ended
   */
  record Result(
      Map<String, List<String>> charges,
      Tally struck,
      Tally tally,
      Evidence evidence,
      String figures) {

    List<String> guilty() {
      return charges.entrySet().stream()
          .filter(check -> !check.getValue().isEmpty())
          .map(check -> check.getKey() + ": " + check.getValue())
          .toList();
    }
  }

  Storm(Parameters parameters, Path folder, Consumer<String> say) {
    this.parameters = parameters;
    this.folder = folder;
    this.say = say;
    this.work = new Work(parameters.proposals());
  }

  /** Starts everything, and stops it in the end. */
  Result rage(@Nullable String faketime) throws Exception {
    say.accept(parameters.toString());
    try (Cluster cluster = Cluster.start(folder, parameters.lock(), faketime);
        Ledger ledger = new Ledger(folder.resolve("ledger.jsonl"))) {
      say.accept("Both nodes are ready.");
      LogCopy copy = new LogCopy(folder, cluster.node(0).url(), cluster.keycloak());
      long begin = System.nanoTime();
      Tally struck = work(cluster, ledger, copy);
      return judge(cluster, ledger, copy, struck, Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private Tally work(Cluster cluster, Ledger ledger, LogCopy copy) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            work::closeTheDoor,
            CompletableFuture.delayedExecutor(parameters.time().toSeconds(), TimeUnit.SECONDS));
    try (Calls calls = new Calls(cluster, tally)) {
      robots(calls, ledger).forEach(robot -> threads.execute(() -> run(robot)));
      Tally struck = strike(cluster, copy);
      settle(cluster);
      return struck;
    } finally {
      end.cancel(false);
      threads.shutdownNow();
      threads.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private List<Robot> robots(Calls calls, Ledger ledger) {
    List<Robot> robots = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      robots.add(new Agent(parameters, work, calls, ledger));
      robots.add(new Executor(parameters, work, calls, ledger, tally));
    }
    for (int i = 0; i < 2; i++) {
      robots.add(new Reviewer("rita", work.reviewers(), work, calls));
    }
    robots.add(new Reviewer("raj", work.rivals(), work, calls));
    robots.add(new Reviewer("fiona", work.finance(), work, calls));
    return robots;
  }

  private void run(Robot robot) {
    try {
      robot.work();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failures.add(robot.getClass().getSimpleName() + ": " + e);
      work.abandon();
    }
  }

  /** Strikes whenever the agents have come a little further, so that both take the same time. */
  private Tally strike(Cluster cluster, LogCopy copy) throws Exception {
    List<Fault> faults = Schedule.of(parameters);
    Tally struck = new Tally();
    int step = parameters.proposals() / (faults.size() + 1);
    work.allow(2 * step);
    work.awaitAcknowledged(step);
    while (!copy.fetch()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    for (int i = 0; i < faults.size() && !work.isOver(); i++) {
      work.allow(step * (i + 3));
      work.awaitAcknowledged(step * (i + 1));
      Fault fault = faults.get(i);
      boolean possible = fault.isPossible(cluster);
      say.accept(
          "%d of %d: %s%s"
              .formatted(i + 1, faults.size(), fault, possible ? "" : " is not possible here"));
      if (possible) {
        fault.strike(cluster);
        struck.count(fault.kind());
      }
    }
    work.allow(parameters.proposals());
    work.awaitAcknowledged(parameters.proposals());
    return struck;
  }

  private void settle(Cluster cluster) throws InterruptedException {
    say.accept("The last fault is over.");
    cluster.awaitReady();
    List<Errand> left = work.awaitFinished(PATIENCE);
    left.forEach(errand -> failures.add("not settled in time: " + errand));
  }

  private Result judge(Cluster cluster, Ledger ledger, LogCopy copy, Tally struck, Duration time)
      throws Exception {
    try (Records records = new Records(cluster.postgres().database())) {
      awaitLog(records);
      List<String> doubts = copy.fetch() ? copy.doubts() : List.of("the log cannot be copied");
      Evidence evidence =
          new Evidence(
              ledger.acknowledged(),
              ledger.effects(),
              records.requests(),
              records.votes(),
              records.uses(),
              records.stages(),
              ReviewClocks.findings(cluster.postgres().database()),
              copy.entries(),
              doubts,
              records.unlogged());
      Map<String, List<String>> charges = new LinkedHashMap<>(Verdict.of(evidence));
      charges.put("robots that failed", List.copyOf(failures));
      return new Result(charges, struck, tally, evidence, figures(cluster, records, time));
    }
  }

  private static void awaitLog(Records records) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (records.unlogged() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private String figures(Cluster cluster, Records records, Duration time) {
    return """
    %d s; starts of nodes %d; longest time without a proposal taken %d s
    clocks of reviews healed %d, broken %d\
    """
        .formatted(
            time.toSeconds(),
            cluster.nodes().stream().mapToInt(Node::starts).sum(),
            work.longestSilence().toSeconds(),
            records.recorded("stage.clock_healed"),
            records.recorded("stage.clock_broken"));
  }
}
