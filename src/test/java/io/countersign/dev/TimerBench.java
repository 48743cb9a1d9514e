package io.countersign.dev;

import io.countersign.review.ReconcilerTimes;
import io.countersign.testing.DueTimers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * What happens when very many deadlines fall due at the same moment: on one node, and beside a
 * second one whose clock is two hours off (where libfaketime is there to make it so).
 */
final class TimerBench {

  private static final int CLIENTS = 4;
  private static final int MANY = 10_000;
  private static final int SOME = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String LIBRARY = "FAKETIME_LIBRARY";

  private final BenchCalls calls;
  private final Database database;
  private final QuickStartSettings settings;
  private final Terminal terminal;

  TimerBench(BenchCalls calls, Database database, QuickStartSettings settings, Terminal terminal) {
    this.calls = calls;
    this.database = database;
    this.settings = settings;
    this.terminal = terminal;
  }

  void measure() throws Exception {
    try (var timers = new DueTimers(database)) {
      var due = propose(MANY);
      terminal.say(
          "the reconciler's statement over %d open reviews: %d ms"
              .formatted(MANY, ReconcilerTimes.look(database).toMillis()));
      terminal.say("one node, %d at once: %s".formatted(MANY, drain(timers, due)));
      var library = System.getenv(LIBRARY);
      if (library == null) {
        terminal.say("No second node: %s does not name libfaketimeMT.so.1.".formatted(LIBRARY));
        return;
      }
      for (var off : List.of("+2h", "-2h")) {
        besideASkewedNode(timers, library, off);
      }
    }
  }

  private void besideASkewedNode(DueTimers timers, String library, String off) throws Exception {
    var later = propose(SOME);
    var due = propose(SOME);
    timers.dueIn(Duration.ofHours(1), later);
    try (var node = launch(library, off)) {
      var drain = drain(timers, due);
      terminal.say(
          "beside a node at %s, %d at once: %s; tried before their time: %d"
              .formatted(off, SOME, drain, timers.triedInVain()));
      terminal.say(
          "that node took no jobs %d times, says its record"
              .formatted(timers.recorded("node.clock_off")));
    }
  }

  /** The same deployable on the same database, in a process that believes another time. */
  private ChildProcess launch(String library, String off) throws IOException {
    var folder = Files.createTempDirectory("countersign-skewed");
    var port = Ports.free();
    var environment = Application.environment(settings, database);
    environment.put("COUNTERSIGN_PORT", Integer.toString(port));
    environment.put("LD_PRELOAD", library);
    environment.put("FAKETIME", off);
    environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    // Else every wait with a time limit ends at once, and the JVM spins.
    environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    var node =
        ChildProcess.start(
            "the skewed node",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-jar",
                Path.of("target", "countersign.war").toAbsolutePath().toString()),
            environment,
            folder,
            folder.resolve("application.log"),
            folder.resolve("application.pid"));
    var ready = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
    Readiness.await(node, ready, PATIENCE);
    return node;
  }

  private DueTimers.Drain drain(DueTimers timers, List<String> due) throws Exception {
    timers.dueIn(Duration.ofSeconds(due.size() == MANY ? 60 : 10), due);
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (timers.open() > 0 && System.nanoTime() < end) {
      Thread.sleep(500);
    }
    return timers.drain();
  }

  private List<String> propose(int count) throws Exception {
    var threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<String>> all = new ArrayList<>();
      IntStream.range(0, count)
          .forEach(each -> all.add(threads.submit((Callable<String>) calls::waiting)));
      List<String> ids = new ArrayList<>();
      for (var one : all) {
        ids.add(one.get());
      }
      return ids;
    } finally {
      threads.shutdownNow();
    }
  }
}
