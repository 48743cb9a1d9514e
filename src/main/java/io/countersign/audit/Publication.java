package io.countersign.audit;

import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.VerifierKey;
import java.util.List;
import java.util.Optional;

/** What of the log the world is told: the newest checkpoint that enough witnesses have signed. */
class Publication {

  private final LogStore store;
  private final List<VerifierKey> witnesses;
  private final List<String> names;
  private final int quorum;

  Publication(LogStore store, List<VerifierKey> witnesses, int quorum) {
    this.store = store;
    this.witnesses = List.copyOf(witnesses);
    this.names = witnesses.stream().map(VerifierKey::toString).toList();
    this.quorum = quorum;
  }

  /** With the signatures of its witnesses; nothing before the first. */
  Optional<SignedCheckpoint> newest() {
    return store.newest(names, quorum).map(this::cosigned);
  }

  /** How many entries the world can have proofs of. */
  long size() {
    return store.newest(names, quorum).map(newest -> newest.checkpoint().size()).orElse(0L);
  }

  private SignedCheckpoint cosigned(SignedCheckpoint checkpoint) {
    String lines = store.cosignatures(checkpoint.checkpoint().size());
    return lines.isEmpty() ? checkpoint : checkpoint.with(lines, witnesses);
  }
}
