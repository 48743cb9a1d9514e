package io.countersign.audit.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A checkpoint with signatures of its log and of witnesses, read but not believed until asked. */
public final class SignedCheckpoint {

  /** The most bytes that a checkpoint with its signatures may have. */
  public static final int MAX_BYTES = Note.MAX_BYTES;

  private static final int COSIGNATURE_BYTES = Long.BYTES + 64;

  private final Note note;
  private final Checkpoint checkpoint;

  private SignedCheckpoint(Note note) {
    this.note = note;
    this.checkpoint = Checkpoint.parse(note.text());
  }

  /**
   * A statement of a witness that has been verified.
   *
   * @param at when the witness says it signed
   */
  public record Cosignature(VerifierKey witness, Instant at) {}

  /** Reads a checkpoint; says nothing of its signatures. */
  public static SignedCheckpoint parse(byte[] bytes) {
    return new SignedCheckpoint(Note.parse(bytes));
  }

  /** What it says. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Whether the log signed it: one good signature of its key, none that fails, and its name. */
  public boolean isSignedBy(VerifierKey log) {
    List<NoteSignature> claimed = by(log);
    return log.type() == VerifierKey.Type.ED25519
        && checkpoint.origin().equals(log.name())
        && !claimed.isEmpty()
        && claimed.stream().allMatch(one -> log.verifies(note.textBytes(), one.signature()));
  }

  /** The witness's statement about it; none if it is missing or one that bears its name fails. */
  public Optional<Cosignature> cosignature(VerifierKey witness) {
    List<NoteSignature> claimed = by(witness);
    Optional<Cosignature> found = Optional.empty();
    for (NoteSignature one : claimed) {
      Optional<Instant> at = verifiedTime(witness, one.signature());
      if (at.isEmpty()) {
        return Optional.empty();
      }
      found = at.map(time -> new Cosignature(witness, time));
    }
    return found;
  }

  private List<NoteSignature> by(VerifierKey key) {
    return note.signatures().stream().filter(one -> one.isBy(key)).toList();
  }

  private Optional<Instant> verifiedTime(VerifierKey witness, byte[] timed) {
    if (witness.type() != VerifierKey.Type.COSIGNATURE || timed.length != COSIGNATURE_BYTES) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(timed);
    long seconds = buffer.getLong();
    byte[] signature = new byte[buffer.remaining()];
    buffer.get(signature);
    boolean possible = seconds > 0 && seconds <= Instant.MAX.getEpochSecond();
    return possible && witness.verifies(cosigned(note.text(), seconds), signature)
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }

  static byte[] cosigned(String text, long seconds) {
    return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The same with the signature lines that a witness answered, as far as they are by these keys and
   * verify; what else stands there is left out.
   */
  public SignedCheckpoint with(String lines, Collection<VerifierKey> witnesses) {
    Note answered = Note.parse((note.text() + "\n" + lines).getBytes(StandardCharsets.UTF_8));
    SignedCheckpoint claimed = new SignedCheckpoint(answered);
    List<NoteSignature> signatures = new ArrayList<>(note.signatures());
    for (VerifierKey witness : witnesses) {
      if (by(witness).isEmpty() && claimed.cosignature(witness).isPresent()) {
        signatures.addAll(claimed.by(witness));
      }
    }
    return new SignedCheckpoint(new Note(note.text(), signatures));
  }

  /** The signature lines that bear the witness's name and key id. */
  public String lines(VerifierKey witness) {
    StringBuilder lines = new StringBuilder();
    by(witness).forEach(one -> lines.append(one.line()));
    return lines.toString();
  }

  /** Its bytes. */
  public byte[] bytes() {
    return note.bytes();
  }
}
