package io.countersign.shared.time;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * The database's time: all nodes agree on it, whatever their own clocks say.
 *
 * <p>Read from PostgreSQL at most every ten seconds and carried on between by the monotonic timer
 * of this process, so that a jump of the node's wall clock changes nothing.
 */
public final class DatabaseClock extends Clock {

  private static final Duration CARRIED_FOR = Duration.ofSeconds(10);

  private final DataSource dataSource;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable Reading> last = new AtomicReference<>();

  private final AtomicBoolean renewing = new AtomicBoolean();

  private record Reading(Instant time, long nanoTime) {
    Instant carriedTo(long nanos) {
      return time.plusNanos(nanos - nanoTime);
    }

    boolean isStaleAt(long nanos) {
      return nanos - nanoTime > CARRIED_FOR.toNanos();
    }
  }

  /** A clock that reads the time of this database. */
  public DatabaseClock(DataSource dataSource) {
    this(dataSource, System::nanoTime);
  }

  DatabaseClock(DataSource dataSource, LongSupplier nanoTime) {
    this.dataSource = dataSource;
    this.nanoTime = nanoTime;
  }

  @Override
  public Instant instant() {
    long now = nanoTime.getAsLong();
    Reading reading = last.get();
    if (reading == null || reading.isStaleAt(now)) {
      reading = renewed(reading);
      now = nanoTime.getAsLong();
    }
    // PostgreSQL keeps microseconds; finer instants would change by being stored.
    return reading.carriedTo(now).truncatedTo(ChronoUnit.MICROS);
  }

  /** One caller reads; the others carry the old reading on meanwhile instead of queueing up. */
  private Reading renewed(@Nullable Reading stale) {
    if (stale != null && !renewing.compareAndSet(false, true)) {
      return stale;
    }
    try {
      Instant time = read(dataSource);
      Reading fresh = new Reading(time, nanoTime.getAsLong());
      last.set(fresh);
      return fresh;
    } finally {
      renewing.set(false);
    }
  }

  /** On the transaction's own connection, if there is one: a second one could exhaust the pool. */
  static Instant read(DataSource dataSource) {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not tell its time", e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the database's time is kept in UTC only");
  }
}
