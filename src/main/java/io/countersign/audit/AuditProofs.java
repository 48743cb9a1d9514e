package io.countersign.audit;

import io.countersign.audit.merkle.InclusionReceipt;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.TiledTree;
import io.countersign.shared.RequestId;
import java.util.Optional;
import org.springframework.stereotype.Component;

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

  private final LogStore store;
  private final Publication publication;

  AuditProofs(LogStore store, Publication publication) {
    this.store = store;
    this.publication = publication;
  }

  /** The proof for the newest entry of this type that tells of the request, once there is one. */
  public Optional<String> receiptFor(RequestId request, String type) {
    return store.newestEntry(request, type).flatMap(store::index).flatMap(this::receipt);
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
