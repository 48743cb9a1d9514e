package io.countersign.shared.time;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * How far this node's own clock is from the database's: ahead of it if positive. The database is
 * taken to have looked at its clock halfway between question and answer.
 */
public final class ClockOffset {

  private static final int TRIES = 3;
  private static final long SHORT_TRIP_NANOS = Duration.ofMillis(100).toNanos();

  private final NodeClock node;
  private final Supplier<Instant> database;
  private final LongSupplier nanoTime;

  private record Reading(Duration offset, long trip) {}

  ClockOffset(NodeClock node, DataSource database) {
    this(node, () -> DatabaseClock.read(database), System::nanoTime);
  }

  ClockOffset(NodeClock node, Supplier<Instant> database, LongSupplier nanoTime) {
    this.node = node;
    this.database = database;
    this.nanoTime = nanoTime;
  }

  /**
   * Asks the database, again if the answer took long, and keeps what took the shortest.
   *
   * @throws IllegalStateException if the database does not answer
   */
  public Duration measure() {
    Reading best = reading();
    for (int tries = 1; tries < TRIES && best.trip() > SHORT_TRIP_NANOS; tries++) {
      Reading again = reading();
      best = again.trip() < best.trip() ? again : best;
    }
    return best.offset();
  }

  private Reading reading() {
    long asked = nanoTime.getAsLong();
    Instant here = node.instant();
    Instant there = database.get();
    long trip = nanoTime.getAsLong() - asked;
    return new Reading(Duration.between(there, here.plusNanos(trip / 2)), trip);
  }
}
