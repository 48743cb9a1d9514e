package io.countersign.identity;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who is away. Each person has at most one absence. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class Absences {

  private static final String SELECT =
      "select subject, username, starts_at, ends_at, backup_subject, backup_username from absence";

  private final JdbcClient jdbc;
  private final Clock clock;

  Absences(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Replaces what the person said before. */
  public void put(Absence absence) {
    jdbc.sql(
            "insert into absence"
                + " (subject, username, starts_at, ends_at, backup_subject, backup_username)"
                + " values (?, ?, ?, ?, ?, ?) on conflict (subject) do update set"
                + " username = excluded.username, starts_at = excluded.starts_at,"
                + " ends_at = excluded.ends_at, backup_subject = excluded.backup_subject,"
                + " backup_username = excluded.backup_username")
        .params(
            absence.subject(),
            absence.username(),
            utc(absence.from()),
            utc(absence.to()),
            absence.backup().map(Absence.Backup::subject).orElse(null),
            absence.backup().map(Absence.Backup::username).orElse(null))
        .update();
  }

  /**
   * Forgets the person's absence.
   *
   * @return whether there was one
   */
  public boolean remove(String subject) {
    return jdbc.sql("delete from absence where subject = ?").param(subject).update() > 0;
  }

  /** The person's absence, if it is not over. */
  @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
  public Optional<Absence> find(String subject) {
    return jdbc.sql(SELECT + " where subject = ? and ends_at > ?")
        .params(subject, utc(clock.instant()))
        .query(Row.class)
        .optional()
        .map(Row::absence);
  }

  /** Everybody who is away now, by subject. */
  @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
  public Map<String, Absence> now() {
    OffsetDateTime now = utc(clock.instant());
    return jdbc
        .sql(SELECT + " where starts_at <= ? and ends_at > ?")
        .params(now, now)
        .query(Row.class)
        .stream()
        .map(Row::absence)
        .collect(Collectors.toUnmodifiableMap(Absence::subject, absence -> absence));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** As it is stored. */
  record Row(
      String subject,
      String username,
      OffsetDateTime startsAt,
      OffsetDateTime endsAt,
      @Nullable String backupSubject,
      @Nullable String backupUsername) {

    Absence absence() {
      return new Absence(
          subject,
          username,
          startsAt.toInstant(),
          endsAt.toInstant(),
          Optional.ofNullable(backupSubject)
              .map(it -> new Absence.Backup(it, String.valueOf(backupUsername))));
    }
  }
}
