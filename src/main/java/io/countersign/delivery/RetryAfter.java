package io.countersign.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/** Reads the header with which a receiver asks for time (RFC 9110, section 10.2.3). */
final class RetryAfter {

  private static final Set<Integer> STATUSES = Set.of(429, 502, 503, 504);

  private RetryAfter() {}

  /** How long the receiver asks us to wait; nothing if it does not, or not understandably. */
  static Optional<Duration> of(int status, Optional<String> header, Instant now) {
    return STATUSES.contains(status)
        ? header.flatMap(text -> parse(text.strip(), now))
        : Optional.empty();
  }

  private static Optional<Duration> parse(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, until);
      return wait.isNegative() ? Optional.empty() : Optional.of(wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
