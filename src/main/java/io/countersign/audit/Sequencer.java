package io.countersign.audit;

import io.countersign.audit.LogStore.Pending;
import io.countersign.audit.LogStore.Reached;
import io.countersign.audit.LogStore.Snapshot;
import io.countersign.audit.LogStore.Stored;
import io.countersign.audit.merkle.Checkpoint;
import io.countersign.audit.merkle.Frontier;
import io.countersign.audit.merkle.Hash;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.Signer;
import io.countersign.audit.merkle.TiledTree;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gives each entry of the record its place in the log and signs what the log has become.
 *
 * <p>One node at a time, one transaction a batch. Entries come in the order of their transactions,
 * and only once no older one still runs: so an entry that commits late finds no place taken that
 * should be its own, and none is passed over. Nothing is signed that does not extend what was
 * signed last, here and in the second place.
 */
class Sequencer {

  static final int BATCH = 1000;

  private final LogStore store;
  private final LogIdentity identity;
  private final SecondPlace secondPlace;
  private final LogStatus status;
  private final TransactionOperations transactions;
  private final Clock clock;
  private volatile @Nullable Known known;
  private volatile boolean lookedOnce;

  Sequencer(
      LogStore store,
      LogIdentity identity,
      SecondPlace secondPlace,
      LogStatus status,
      TransactionOperations transactions,
      Clock clock) {
    this.store = store;
    this.identity = identity;
    this.secondPlace = secondPlace;
    this.status = status;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What one round came to. */
  enum Round {
    /** There may be more: a batch was full, or another node is at it. */
    MORE,
    /** Everything that is final has its place. */
    DONE,
    /** The log is in doubt, and nothing was signed. */
    REFUSED
  }

  /** A log of this size reached further than its checkpoint says: there was nothing to take. */
  private record Known(long size, Reached reached) {}

  private record Signed(Round round, Optional<SignedCheckpoint> checkpoint) {}

  /** One batch. */
  Round sequence() {
    try {
      status.requireNoDoubt(LogStatus.Source.WITNESS);
      Signed signed = Objects.requireNonNull(transactions.execute(transaction -> batch()));
      signed.checkpoint().ifPresent(secondPlace::keep);
      if (lookedOnce) {
        status.clear(LogStatus.Source.SEQUENCER);
      }
      return signed.round();
    } catch (LogInDoubt doubt) {
      lookedOnce = false;
      status.doubt(LogStatus.Source.SEQUENCER, doubt.reason());
      return Round.REFUSED;
    }
  }

  private Signed batch() {
    if (!store.lock()) {
      return new Signed(Round.MORE, Optional.empty());
    }
    Optional<Stored> last = store.last();
    long size = last.map(Stored::size).orElse(0L);
    requireNoOtherPlaces(size);
    Snapshot snapshot = store.snapshot();
    List<Pending> batch = store.pending(from(last, snapshot), snapshot, BATCH);
    if (batch.isEmpty()) {
      known = new Known(size, new Reached(snapshot.oldest(), 0));
      if (!lookedOnce) {
        verified(last, size);
      }
      return new Signed(Round.DONE, Optional.empty());
    }
    Frontier frontier = verified(last, size);
    Signer signer = identity.signer(last.map(Stored::checkpoint));
    append(frontier, batch);
    boolean full = batch.size() == BATCH;
    Reached reached = full ? batch.get(BATCH - 1).reached() : new Reached(snapshot.oldest(), 0);
    SignedCheckpoint checkpoint =
        signer.sign(new Checkpoint(signer.key().name(), frontier.size(), frontier.root()));
    store.addCheckpoint(new Stored(checkpoint, reached), clock.instant());
    return new Signed(full ? Round.MORE : Round.DONE, Optional.of(checkpoint));
  }

  /** From where on there may be entries without a place. */
  private Reached from(Optional<Stored> last, Snapshot snapshot) {
    Known remembered = known;
    Reached from =
        remembered != null && remembered.size() == last.map(Stored::size).orElse(0L)
            ? remembered.reached()
            : last.map(Stored::reached).orElse(Reached.NOTHING);
    return isOfAnotherServer(from, snapshot) ? Reached.NOTHING : from;
  }

  /** After a database is restored elsewhere, transactions are counted anew. */
  private static boolean isOfAnotherServer(Reached from, Snapshot snapshot) {
    return new BigInteger(from.transaction()).compareTo(new BigInteger(snapshot.next())) > 0;
  }

  private void requireNoOtherPlaces(long size) {
    long places = store.size();
    if (places != size) {
      throw new LogInDoubt(
          "the database holds " + places + " places of the log, but signed were " + size);
    }
  }

  private Frontier verified(Optional<Stored> last, long size) {
    identity.requireOurs(last.map(Stored::checkpoint));
    Frontier frontier = new Frontier(size, store);
    if (last.isPresent() && !frontier.root().equals(last.get().checkpoint().checkpoint().root())) {
      throw new LogInDoubt(
          "the hashes in the database are not those of its last checkpoint, of " + size);
    }
    secondPlace.requireExtended(new TiledTree(size, store), size, identity);
    lookedOnce = true;
    return frontier;
  }

  private void append(Frontier frontier, List<Pending> batch) {
    List<Hash> leaves = batch.stream().map(pending -> pending.entry().leaf()).toList();
    store.addLeaves(
        frontier.size(), batch.stream().map(pending -> pending.entry().entry()).toList(), leaves);
    leaves.forEach(
        leaf -> frontier.append(leaf, (tile, hashes, root) -> store.addNode(tile, root)));
  }
}
