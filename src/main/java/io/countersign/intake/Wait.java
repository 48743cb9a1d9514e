package io.countersign.intake;

import io.countersign.request.ApprovalRequest;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a reader is willing to wait for news, and since which version.
 *
 * @param atMost zero to answer at once
 * @param since the version the reader knows; nothing to wait for the outcome
 */
record Wait(Duration atMost, OptionalLong since) {

  static final int MAX_SECONDS = 60;

  private static final Pattern SECONDS = Pattern.compile("(\\d{1,4})s?");

  static Wait parse(@Nullable String wait, @Nullable String since) {
    return new Wait(duration(wait), version(since));
  }

  private static Duration duration(@Nullable String wait) {
    if (wait == null) {
      return Duration.ZERO;
    }
    Matcher seconds = SECONDS.matcher(wait);
    if (!seconds.matches() || Integer.parseInt(seconds.group(1)) > MAX_SECONDS) {
      throw new Problem(
          ProblemType.INVALID_REQUEST,
          "wait",
          "expected whole seconds up to " + MAX_SECONDS + ", for example 25s");
    }
    return Duration.ofSeconds(Integer.parseInt(seconds.group(1)));
  }

  /** Whether the request as it stands now is what the reader was waiting for. */
  boolean isOver(ApprovalRequest request) {
    return since.isPresent() ? request.version() > since.getAsLong() : !request.status().isOpen();
  }

  private static OptionalLong version(@Nullable String since) {
    if (since == null) {
      return OptionalLong.empty();
    }
    if (!since.matches("\\d{1,18}")) {
      throw new Problem(ProblemType.INVALID_REQUEST, "since", "expected a version, a whole number");
    }
    return OptionalLong.of(Long.parseLong(since));
  }
}
