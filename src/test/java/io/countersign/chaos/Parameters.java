package io.countersign.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much is done, and how much of it is broken.
 *
 * @param proposals how many the agents make
 * @param kills how often a node ends as {@code kill -9} ends it
 * @param crashes how often the database server does
 * @param pauses how often a node stands still for longer than it may hold a job
 * @param connections how often connections to the database are cut, stalled or lost on one side
 * @param jumps how often a node's clock jumps, where libfaketime is there
 * @param outages how often Keycloak ends or stands still
 * @param disks how often the database's disk refuses to keep what is written, where strace is there
 * @param time after which nothing more is proposed and nothing more is broken
 * @param lock for how long a node holds a job
 * @param seed chooses the faults, their order, and what the robots intend
 */
record Parameters(
    int proposals,
    int kills,
    int crashes,
    int pauses,
    int connections,
    int jumps,
    int outages,
    int disks,
    Duration time,
    Duration lock,
    long seed) {

  private static final int A_DAY = 24 * 60;

  /** A few of everything, for the tests of every day. */
  static Parameters small(long seed) {
    return new Parameters(
        300, 3, 2, 2, 3, 2, 2, 0, Duration.ofDays(1), Duration.ofSeconds(5), seed);
  }

  /** The whole programme unless arguments such as {@code kills=5} say otherwise. */
  static Parameters parse(List<String> arguments, long seed) {
    Map<String, Long> given = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length < 2 || !parts[1].matches("-?[0-9]{1,18}")) {
        throw new IllegalArgumentException("expected name=number, found " + argument);
      }
      given.put(parts[0], Long.parseLong(parts[1]));
    }
    Parameters parameters =
        new Parameters(
            take(given, "proposals", 20_000),
            take(given, "kills", 50),
            take(given, "crashes", 20),
            take(given, "pauses", 20),
            take(given, "connections", 50),
            take(given, "jumps", 10),
            take(given, "outages", 10),
            take(given, "disks", 10),
            Duration.ofMinutes(take(given, "minutes", A_DAY)),
            Duration.ofSeconds(take(given, "lock", 30)),
            given.getOrDefault("seed", seed));
    given.remove("seed");
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("there is no parameter " + given.keySet());
    }
    return parameters;
  }

  private static int take(Map<String, Long> given, String name, int otherwise) {
    Long value = given.remove(name);
    return value == null ? otherwise : Math.toIntExact(value);
  }

  /** Long enough that every job which a node holds is given to another one. */
  Duration beyondTheLock() {
    return lock.plusSeconds(3);
  }
}
