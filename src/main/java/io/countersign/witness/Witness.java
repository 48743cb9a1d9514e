package io.countersign.witness;

import io.countersign.audit.merkle.Checkpoint;
import io.countersign.audit.merkle.CheckpointFile;
import io.countersign.audit.merkle.Hash;
import io.countersign.audit.merkle.Proofs;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.Signer;
import io.countersign.audit.merkle.VerifierKey;
import io.countersign.audit.merkle.WitnessRequest;
import io.countersign.shared.json.CanonicalJson;
import io.countersign.shared.time.NodeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Signs a checkpoint only if it extends the last one it signed for that log. */
final class Witness {

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String SIZE = "text/x.tlog.size";

  private final Signer signer;
  private final List<VerifierKey> logs;
  private final Path state;
  private final NodeClock clock;

  /**
   * What it answers.
   *
   * @param body for people where the status is not 200 or 409
   */
  record Answer(int status, String type, String body) {
    static Answer refusal(int status, String reason) {
      return new Answer(status, TEXT, reason + "\n");
    }
  }

  /**
   * A witness.
   *
   * @param logs whose checkpoints it signs; several keys may be of one log
   * @param state the directory in which it remembers
   */
  Witness(Signer signer, List<VerifierKey> logs, Path state, NodeClock clock) {
    this.signer = signer;
    this.logs = List.copyOf(logs);
    this.state = state;
    this.clock = clock;
  }

  /** Takes the body of {@code POST add-checkpoint}; one at a time. */
  synchronized Answer add(byte[] body) throws IOException {
    WitnessRequest request;
    try {
      request = WitnessRequest.parse(body);
    } catch (IllegalArgumentException e) {
      return Answer.refusal(400, String.valueOf(e.getMessage()));
    }
    SignedCheckpoint signed = request.checkpoint();
    Checkpoint checkpoint = signed.checkpoint();
    List<VerifierKey> keys =
        logs.stream().filter(key -> key.name().equals(checkpoint.origin())).toList();
    if (keys.isEmpty()) {
      return Answer.refusal(404, "this log is not known here");
    }
    if (keys.stream().noneMatch(signed::isSignedBy)) {
      return Answer.refusal(403, "no good signature of the log");
    }
    if (request.oldSize() > checkpoint.size()) {
      return Answer.refusal(400, "expected an old size of at most the new one");
    }
    return extended(request, checkpoint);
  }

  private Answer extended(WitnessRequest request, Checkpoint checkpoint) throws IOException {
    CheckpointFile file = file(checkpoint.origin());
    Optional<Checkpoint> last = file.read().map(SignedCheckpoint::checkpoint);
    long known = last.map(Checkpoint::size).orElse(0L);
    if (request.oldSize() != known) {
      return new Answer(409, SIZE, known + "\n");
    }
    Hash oldRoot = last.map(Checkpoint::root).orElse(Hash.EMPTY_TREE);
    if (!Proofs.extend(known, oldRoot, checkpoint.size(), checkpoint.root(), request.proof())) {
      return Answer.refusal(422, "it does not extend the checkpoint that was signed last");
    }
    String line = signer.cosign(checkpoint, clock.instant());
    file.keep(request.checkpoint().with(line, List.of(signer.key())));
    return new Answer(200, TEXT, line);
  }

  /** The last checkpoint that it signed, for {@code GET <hash of the origin>/checkpoint}. */
  synchronized Answer last(String originHash) throws IOException {
    for (VerifierKey log : logs) {
      if (hash(log.name()).equals(originHash)) {
        Optional<SignedCheckpoint> last = file(log.name()).read();
        if (last.isPresent()) {
          return new Answer(200, TEXT, new String(last.get().bytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return Answer.refusal(404, "nothing was signed for such a log");
  }

  private CheckpointFile file(String origin) {
    return new CheckpointFile(state.resolve(hash(origin)));
  }

  private static String hash(String origin) {
    return CanonicalJson.sha256Hex(origin.getBytes(StandardCharsets.UTF_8));
  }
}
