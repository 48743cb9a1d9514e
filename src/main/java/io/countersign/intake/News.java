package io.countersign.intake;

import io.countersign.handback.LongPoll;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Waits for what a reader wants to know of a request, without holding a thread. */
@Component
class News {

  private final LongPoll longPoll;
  private final ApprovalRequests requests;

  News(LongPoll longPoll, ApprovalRequests requests) {
    this.longPoll = longPoll;
    this.requests = requests;
  }

  /** Completes when the wait is over: there is news, or the time has passed. */
  CompletableFuture<Void> of(ApprovalRequest request, Wait wait) {
    return of(request, wait, System.nanoTime() + wait.atMost().toNanos());
  }

  private CompletableFuture<Void> of(ApprovalRequest request, Wait wait, long until) {
    Duration left = Duration.ofNanos(until - System.nanoTime());
    if (wait.isOver(request) || left.isNegative() || left.isZero()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> changed = longPoll.changed(request.id(), request.version(), left);
    // A node with too many waiters does not wait at all: the reader gets what there is.
    return changed.isDone()
        ? changed
        : changed.thenCompose(woken -> of(requests.find(request.id()).orElseThrow(), wait, until));
  }
}
