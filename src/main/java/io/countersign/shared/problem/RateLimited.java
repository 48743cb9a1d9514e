package io.countersign.shared.problem;

import java.time.Duration;

/** Too much at once; it may be sent again as it is, after a pause. */
public class RateLimited extends Problem {

  private final String limit;
  private final long seconds;

  /**
   * Refuses for now.
   *
   * @param limit which limit is reached, by the name of its setting
   */
  public RateLimited(String limit, Duration pause, String detail) {
    super(ProblemType.RATE_LIMITED, detail);
    this.limit = limit;
    this.seconds = Math.max(1, pause.plusMillis(999).toSeconds());
  }

  /** Which limit is reached. */
  public String limit() {
    return limit;
  }

  /** After how many whole seconds to try again. */
  public long seconds() {
    return seconds;
  }
}
