package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.GrantStatus;
import io.countersign.request.Redemptions;
import io.countersign.sealing.RequestKeys;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Erases what was written in a request: its key is destroyed, the engine forgets it, and the log
 * tells that it happened. That it was proposed and how it ended stays known.
 *
 * <p>It cannot be undone and takes evidence away, so two people have to want it within a day. Other
 * nodes may still show the content for a minute. Backups of the database hold the wrapped key until
 * the master key that wraps it is destroyed.
 */
@Service
public class Erasures {

  static final Duration BOTH_WITHIN = Duration.ofDays(1);
  private static final Set<GrantStatus> USELESS =
      Set.of(GrantStatus.NONE, GrantStatus.ENDED, GrantStatus.REDEEMED);

  private final ApprovalRequests requests;
  private final Redemptions redemptions;
  private final ErasureWishes wishes;
  private final RequestKeys keys;
  private final HistoryService history;
  private final AuditTrail audit;
  private final Clock clock;

  Erasures(
      ApprovalRequests requests,
      Redemptions redemptions,
      ErasureWishes wishes,
      RequestKeys keys,
      HistoryService history,
      AuditTrail audit,
      Clock clock) {
    this.requests = requests;
    this.redemptions = redemptions;
    this.wishes = wishes;
    this.keys = keys;
    this.history = history;
    this.audit = audit;
    this.clock = clock;
  }

  /** Somebody who may want it. */
  public record Person(String subject, String name) {}

  /**
   * Somebody wants it; if somebody else has wanted it within a day, it is done.
   *
   * @return whether the content is gone
   * @throws Problem if there is no such request, or something may still come of it
   */
  @Transactional
  public boolean ask(RequestId id, Person person, String reason) {
    ApprovalRequest request =
        requests
            .findLocked(id)
            .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "there is no such request"));
    if (request.erasedAt().isPresent()) {
      return true;
    }
    requireOver(request);
    String actor = "person:" + person.subject();
    List<String> others = wishes.since(id, clock.instant().minus(BOTH_WITHIN));
    if (!others.contains(person.subject())) {
      wishes.add(id, person, reason, clock.instant());
      audit.append(AuditEvent.of("erasure.wanted", id, actor, Map.of()));
    }
    boolean agreed = others.stream().anyMatch(other -> !other.equals(person.subject()));
    if (agreed) {
      erase(request, actor);
    }
    return agreed;
  }

  /**
   * Erases because the content was kept as long as it may be.
   *
   * @return false if something may still come of it
   */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public boolean eraseOld(RequestId id) {
    ApprovalRequest request = requests.lock(id);
    if (request.erasedAt().isPresent() || !isOver(request)) {
      return false;
    }
    erase(request, "system");
    return true;
  }

  private void requireOver(ApprovalRequest request) {
    if (!isOver(request)) {
      throw new Problem(
          ProblemType.CONFLICT,
          "expected a request that is closed, and whose grant was used or is over");
    }
  }

  private boolean isOver(ApprovalRequest request) {
    return request.closedAt().isPresent()
        && !request.isWithinItsWindow()
        && USELESS.contains(redemptions.status(request));
  }

  private void erase(ApprovalRequest request, String actor) {
    Instant now = clock.instant();
    request.erase(now);
    requests.settle();
    keys.destroy(request.id());
    history
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(request.id().toString())
        .list()
        .stream()
        .map(HistoricProcessInstance::getId)
        .forEach(history::deleteHistoricProcessInstanceIfExists);
    audit.append(
        AuditEvent.of(
            "request.erased", request.id(), actor, Map.of("status", request.status().wire())));
  }
}
