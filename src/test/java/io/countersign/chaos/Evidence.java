package io.countersign.chaos;

import io.countersign.chaos.Ledger.Acknowledged;
import io.countersign.chaos.Ledger.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known when everything is over.
 *
 * @param acknowledged what agents were promised, from the ledger
 * @param effects what executors have done, from the ledger
 * @param requests what the database holds, by id
 * @param votes what people said, from the database
 * @param uses which grants were redeemed, from the database
 * @param stages the reviews that are under way, from the database
 * @param findings what the reconciler would find in the database
 * @param entries what the copy of the log says, in its order
 * @param doubts why the log is not sound, as its verifier says
 * @param unlogged how many entries of the record have no place in the log
 */
record Evidence(
    List<Acknowledged> acknowledged,
    List<Effect> effects,
    Map<String, Request> requests,
    List<Vote> votes,
    List<Use> uses,
    List<Stage> stages,
    List<String> findings,
    List<Entry> entries,
    List<String> doubts,
    long unlogged) {

  private static final Set<String> APPROVED = Set.of("approved", "approved_with_edits");
  private static final Set<String> OPEN = Set.of("pending", "information_requested");

  /**
   * A request.
   *
   * @param decided the digest of what was decided; empty while it is open
   * @param grant the id of the one grant that there is for it; empty if there is none
   */
  record Request(
      String id,
      String agent,
      String key,
      String digest,
      String route,
      String status,
      String decided,
      String grant,
      boolean hasDeadline) {

    boolean isApproved() {
      return APPROVED.contains(status);
    }

    boolean isOpen() {
      return OPEN.contains(status);
    }

    boolean neededNobody() {
      return route.equals("auto_approve");
    }
  }

  /** What a person said, about which bytes. */
  record Vote(String request, String decision, String digest) {}

  /** That a grant was redeemed. */
  record Use(String request, String grant, String key) {}

  /**
   * A review under way.
   *
   * @param clocks how many live timers end it
   * @param isOverdue whether it should have ended a minute ago
   */
  record Stage(String request, String name, int clocks, boolean isOverdue) {}

  /** An entry of the log. */
  record Entry(String type, String request) {}

  Optional<Request> request(String id) {
    return Optional.ofNullable(requests.get(id));
  }
}
