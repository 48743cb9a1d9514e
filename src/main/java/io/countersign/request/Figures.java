package io.countersign.request;

import io.countersign.shared.Route;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was counted of a period: requests as they were proposed, votes as they were cast. */
public record Figures(
    List<Proposed> proposed,
    List<Voted> voted,
    List<Missed> missed,
    List<Streak> streaks,
    List<Held> held) {

  /**
   * What is counted together. Everything is null in the group of all.
   *
   * @param action empty for whatever was not in the manifest: agents choose those names
   * @param start the first day of the span
   * @param person the Keycloak subject
   */
  public record Group(@Nullable String action, @Nullable LocalDate start, @Nullable String person) {

    /** All of them. */
    public static final Group ALL = new Group(null, null, null);

    /** Everything about one action. */
    public static Group action(String action) {
      return new Group(action, null, null);
    }

    /** Everything from that day on, for the length of a span. */
    public static Group start(LocalDate start) {
      return new Group(null, start, null);
    }

    /** Everything one person said. */
    public boolean isOfAPerson() {
      return person != null && action == null;
    }

    /** What one person said about one action. */
    public boolean isOfAPersonOnAnAction() {
      return person != null && action != null;
    }

    /** Everything about one action, by whomever. */
    public boolean isOfAnAction() {
      return person == null && action != null;
    }
  }

  /** Requests of one route that are, or ended, in one status. */
  public record Proposed(Group group, Route route, Status status, long count) {}

  /**
   * What people said before anything ran.
   *
   * @param name the last name of the person, in a group of theirs
   * @param considered approvals, edits, rejections and requests to revise
   * @param steppedIn those of them that are no approval of the unchanged action, or one after a
   *     question to the agent
   * @param timed how many votes' time is known
   * @param medianSeconds from the opening of the review to the vote, pauses left out
   * @param readable approvals and edits of which time and words are known
   * @param tooFast those of them that came sooner than the words can be read
   */
  public record Voted(
      Group group,
      @Nullable String name,
      long count,
      long approved,
      long edited,
      long rejected,
      long revised,
      long considered,
      long steppedIn,
      long timed,
      @Nullable Double medianSeconds,
      @Nullable Double p95Seconds,
      long readable,
      long tooFast) {}

  /** Reviews in which nobody decided in time. */
  public record Missed(Group group, long count) {}

  /** The most approvals of unchanged actions that somebody gave in a row. */
  public record Streak(String person, long longest) {}

  /**
   * Reviews that are open now.
   *
   * @param assignee the user name of who has them; null where nobody does
   */
  public record Held(@Nullable String assignee, long count) {}
}
