package io.countersign.audit;

import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.Signer;
import io.countersign.audit.merkle.VerifierKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log's name and key: whose signatures continue the log. */
class LogIdentity {

  private final LogKey key;
  private final @Nullable String configured;
  private final String derived;
  private final List<VerifierKey> former;

  /**
   * Who the log is.
   *
   * @param configured its name, if the operator gave one
   * @param derived its name if nobody ever gave one
   */
  LogIdentity(LogKey key, @Nullable String configured, String derived, List<VerifierKey> former) {
    this.key = key;
    this.configured = configured;
    this.derived = derived;
    this.former = List.copyOf(former);
    signer(Optional.empty());
  }

  /**
   * Who signs what follows this checkpoint.
   *
   * @throws LogInDoubt if that checkpoint is of another log, or its signature is not ours
   */
  Signer signer(Optional<SignedCheckpoint> last) {
    String origin = last.map(it -> it.checkpoint().origin()).orElse(derived);
    if (configured != null) {
      if (last.isPresent() && !configured.equals(origin)) {
        throw new LogInDoubt(
            "countersign.audit.origin: the log that is there is named \""
                + origin
                + "\", and a log's name never changes");
      }
      origin = configured;
    }
    VerifierKey own = VerifierKey.ofLog(origin, key.publicKey());
    last.ifPresent(it -> requireOurs(it, own));
    return new Signer(own, key::sign);
  }

  /** Refuses as {@link #signer} does. */
  void requireOurs(Optional<SignedCheckpoint> last) {
    signer(last);
  }

  private void requireOurs(SignedCheckpoint last, VerifierKey own) {
    if (!last.isSignedBy(own) && former.stream().noneMatch(last::isSignedBy)) {
      throw new LogInDoubt(
          "the last checkpoint in the database, of "
              + last.checkpoint().size()
              + " entries, is not signed by this log's key nor by a former one");
    }
  }
}
