package io.countersign.audit;

import io.countersign.audit.LogStore.Stored;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.TiledTree;
import io.countersign.audit.merkle.VerifierKey;
import io.countersign.audit.merkle.WitnessRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the witnesses to sign the newest checkpoint too. A witness that remembers another log than
 * the database holds puts the log in doubt.
 */
class Cosigning {

  private static final Logger log = LoggerFactory.getLogger(Cosigning.class);
  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int MAX_ANSWER = 16_384;

  private final List<Witness> witnesses;
  private final WitnessCalls calls;
  private final LogStore store;
  private final LogStatus status;
  private final Clock clock;

  /**
   * Who signs too.
   *
   * @param url where it takes checkpoints
   */
  record Witness(VerifierKey key, URI url) {
    String id() {
      return key.toString();
    }
  }

  Cosigning(
      List<Witness> witnesses, WitnessCalls calls, LogStore store, LogStatus status, Clock clock) {
    this.witnesses = List.copyOf(witnesses);
    this.calls = calls;
    this.store = store;
    this.status = status;
    this.clock = clock;
  }

  /** Asks each that has not signed the newest checkpoint; true if now all have. */
  boolean ask() {
    boolean complete = true;
    try {
      for (Witness witness : witnesses) {
        complete &= hasSigned(witness);
      }
      status.clear(LogStatus.Source.WITNESS);
    } catch (LogInDoubt doubt) {
      status.doubt(LogStatus.Source.WITNESS, doubt.reason());
      return false;
    }
    return complete;
  }

  private boolean hasSigned(Witness witness) {
    Optional<SignedCheckpoint> newest = store.last().map(Stored::checkpoint);
    if (newest.isEmpty() || store.cosigned(witness.id()) == size(newest.get())) {
      return true;
    }
    try {
      WitnessCalls.Answer answer = post(witness, newest.get(), store.cosigned(witness.id()));
      if (answer.status() == CONFLICT) {
        answer = post(witness, newest.get(), remembered(witness, answer, newest.get()));
      }
      return take(witness, newest.get(), answer);
    } catch (IOException e) {
      log.warn("the witness {} does not answer: {}", witness.key().name(), e.getMessage());
      return false;
    }
  }

  private WitnessCalls.Answer post(Witness witness, SignedCheckpoint newest, long oldSize)
      throws IOException {
    TiledTree tree = new TiledTree(size(newest), store);
    return calls.post(
        witness.url(),
        new WitnessRequest(oldSize, tree.consistencyProof(oldSize), newest).bytes(),
        MAX_ANSWER);
  }

  /** The size that the witness says it signed last, which is the one to start from. */
  private long remembered(Witness witness, WitnessCalls.Answer answer, SignedCheckpoint newest)
      throws IOException {
    String text = answer.body().strip();
    if (!text.matches("0|[1-9][0-9]{0,17}")) {
      throw new IOException("it answered 409 without its size");
    }
    long size = Long.parseLong(text);
    if (size <= size(newest)) {
      return size;
    }
    // Another node may have been faster; if not, the database has forgotten something.
    if (store.last().stream().noneMatch(stored -> stored.size() >= size)) {
      throw new LogInDoubt(
          "the database was set back: the witness "
              + witness.key().name()
              + " signed a log of "
              + size
              + " entries, here are "
              + size(newest));
    }
    throw new IOException("another node asked it first");
  }

  private boolean take(Witness witness, SignedCheckpoint newest, WitnessCalls.Answer answer) {
    if (answer.status() == UNPROCESSABLE) {
      throw new LogInDoubt(
          "the witness "
              + witness.key().name()
              + " says that the log of "
              + size(newest)
              + " entries does not extend what it signed before");
    }
    if (answer.status() == OK) {
      String lines = lines(witness, newest, answer.body());
      if (!lines.isEmpty()) {
        store.addCosignature(size(newest), witness.id(), lines, clock.instant());
        return true;
      }
    }
    log.warn("the witness {} answered {}, no signature", witness.key().name(), answer.status());
    return false;
  }

  private static String lines(Witness witness, SignedCheckpoint newest, String body) {
    try {
      return newest.with(body, List.of(witness.key())).lines(witness.key());
    } catch (IllegalArgumentException notSignatures) {
      return "";
    }
  }

  private static long size(SignedCheckpoint checkpoint) {
    return checkpoint.checkpoint().size();
  }
}
