package io.countersign.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which faults strike in which order: the same for the same parameters. */
final class Schedule {

  /** Within what tokens and watchmen forgive, beyond it, and far beyond it. */
  private static final List<Duration> OFFSETS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ofSeconds(-20),
          Duration.ofHours(2),
          Duration.ofHours(-2));

  private static final Duration CLOCK_IS_OFF = Duration.ofSeconds(10);

  private final Random random;
  private final List<Fault> faults = new ArrayList<>();

  private Schedule(long seed) {
    this.random = new Random(seed);
  }

  static List<Fault> of(Parameters parameters) {
    Schedule schedule = new Schedule(parameters.seed());
    schedule.add(parameters.kills(), each -> new Fault.Kill(schedule.node()));
    schedule.add(parameters.crashes(), each -> new Fault.DatabaseCrash());
    schedule.add(
        parameters.pauses(), each -> new Fault.Pause(schedule.node(), parameters.beyondTheLock()));
    schedule.add(parameters.connections(), schedule::connection);
    schedule.add(
        parameters.jumps(),
        each ->
            new Fault.ClockJump(schedule.node(), OFFSETS.get(each % OFFSETS.size()), CLOCK_IS_OFF));
    schedule.add(parameters.outages(), schedule::outage);
    schedule.add(parameters.disks(), each -> new Fault.DiskError(Duration.ofSeconds(1)));
    Collections.shuffle(schedule.faults, schedule.random);
    return List.copyOf(schedule.faults);
  }

  private void add(int count, IntFunction<Fault> fault) {
    IntStream.range(0, count).mapToObj(fault).forEach(faults::add);
  }

  private int node() {
    return random.nextInt(Cluster.NODES);
  }

  private Fault connection(int each) {
    return switch (each % 3) {
      case 0 -> new Fault.Cut(node());
      case 1 -> new Fault.Stall(node(), seconds(1, 8));
      default -> new Fault.Orphans(node(), seconds(1, 8));
    };
  }

  private Fault outage(int each) {
    return each % 2 == 0 ? new Fault.KeycloakCrash() : new Fault.KeycloakHang(seconds(2, 10));
  }

  private Duration seconds(int least, int most) {
    return Duration.ofMillis(random.nextInt(least * 1000, most * 1000));
  }
}
