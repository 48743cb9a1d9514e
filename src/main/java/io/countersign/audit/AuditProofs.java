package io.countersign.audit;

import io.countersign.audit.merkle.InclusionReceipt;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.TiledTree;
import io.countersign.sealing.RequestKeys;
import io.countersign.shared.LogReceipt;
import io.countersign.shared.RequestId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Proves that entries are in the log: texts of the form {@code c2sp.org/tlog-proof@v1}, which
 * anybody who holds the entry and the log's key can check without us.
 *
 * <p>An entry can be proven once it has its place and enough witnesses have signed a checkpoint
 * above it; that is a moment after its transaction has committed, and later if an older transaction
 * still runs or a witness does not answer. Until then there is nothing: ask again.
 */
@Component
public class AuditProofs {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int MOST_WAITING = 32;

  private final LogStore store;
  private final Publication publication;
  private final RequestKeys keys;
  private final Semaphore places = new Semaphore(MOST_WAITING);

  AuditProofs(LogStore store, Publication publication, RequestKeys keys) {
    this.store = store;
    this.publication = publication;
    this.keys = keys;
  }

  /** The proof for the newest entry of this type that tells of the request, once there is one. */
  @Transactional(readOnly = true)
  public Optional<LogReceipt> receiptFor(RequestId request, String type) {
    return store
        .place(request, type)
        .flatMap(index -> receipt(index).map(proof -> receipt(request, index, proof)));
  }

  /** Whether there is a proof for the newest entry of this type that tells of the request. */
  @Transactional(readOnly = true)
  public boolean isProven(RequestId request, String type) {
    return store.place(request, type).filter(index -> index < publication.size()).isPresent();
  }

  /**
   * Waits until there is a proof, which is a matter of a tenth of a second while the log is well.
   * To be called outside of transactions: what they have written is not in the log before they end.
   * While the log is in trouble a few callers wait; the others come back at once, so that they do
   * not take the threads of everybody else.
   *
   * @return false if there still is none
   */
  public boolean await(RequestId request, String type, Duration patience) {
    if (!places.tryAcquire()) {
      return isProven(request, type);
    }
    try {
      return watch(request, type, patience);
    } finally {
      places.release();
    }
  }

  private boolean watch(RequestId request, String type, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    boolean proven = isProven(request, type);
    while (!proven && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      proven = isProven(request, type);
    }
    return proven;
  }

  private LogReceipt receipt(RequestId request, long index, String proof) {
    String entry = new String(store.entry(index), StandardCharsets.UTF_8);
    return new LogReceipt(
        entry, proof, keys.salt(request).map(HexFormat.of()::formatHex).orElse(null));
  }

  /** The proof for the entry at this place of the log, once a published checkpoint covers it. */
  Optional<String> receipt(long index) {
    return publication
        .newest()
        .filter(published -> index >= 0 && index < published.checkpoint().size())
        .map(published -> receipt(index, published));
  }

  private String receipt(long index, SignedCheckpoint published) {
    TiledTree tree = new TiledTree(published.checkpoint().size(), store);
    return new InclusionReceipt(index, tree.inclusionProof(index), published).text();
  }
}
