package io.countersign.intake;

import io.countersign.policy.Verdict;
import io.countersign.request.AgentHistory.Before;
import io.countersign.request.AgentHistory.Limits;
import io.countersign.shared.Route;
import io.countersign.shared.problem.RateLimited;
import java.time.Duration;

/** How much of people's attention one agent may take; what is refused may be sent again later. */
final class Fairness {

  /** People decide when a place becomes free, so that nothing better is known. */
  private static final Duration UNTIL_SOMEBODY_DECIDES = Duration.ofMinutes(1);

  private Fairness() {}

  /**
   * Refuses what comes too fast.
   *
   * @throws RateLimited with the time until the next one
   */
  static void requirePace(Before before, Limits limits) {
    before
        .pause()
        .ifPresent(
            pause -> {
              throw new RateLimited(
                  "proposals-per-minute",
                  pause,
                  "expected at most " + limits.proposalsPerMinute() + " proposals in a minute");
            });
  }

  /**
   * Refuses what people would be asked about while too much waits for them; what needs nobody
   * passes.
   *
   * @throws RateLimited with a time after which to look again
   */
  static void requireRoom(Verdict verdict, Before before, Limits limits) {
    boolean asksPeople = verdict.route() == Route.HUMAN_REVIEW || verdict.route() == Route.ESCALATE;
    if (asksPeople && before.hasAllOpen()) {
      throw new RateLimited(
          "open-requests",
          UNTIL_SOMEBODY_DECIDES,
          "expected at most "
              + limits.openRequests()
              + " requests that wait for people; withdraw some, or wait until they are decided");
    }
  }
}
