package io.countersign.audit;

import io.countersign.audit.merkle.VerifierKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What operators write under {@code countersign.audit}.
 *
 * @param origin the log's name, which never changes; if left out, that of the log that is there, or
 *     else the public address
 * @param secondPlace a directory, best on another machine, where the last checkpoint is kept beside
 *     the database
 * @param formerKeys verifier keys that signed the log before the present one
 * @param witnesses who is asked to sign each checkpoint too
 * @param quorum how many of them must have signed before a checkpoint is published; all, if left
 *     out
 */
@ConfigurationProperties("countersign.audit")
record AuditSettings(
    @Nullable String origin,
    @Nullable String secondPlace,
    @DefaultValue List<String> formerKeys,
    @DefaultValue List<WitnessSettings> witnesses,
    @Nullable Integer quorum) {

  private static final String HERE = "countersign.audit.";

  /**
   * One witness.
   *
   * @param url the address below which it takes {@code add-checkpoint}
   * @param key its verifier key
   */
  record WitnessSettings(@Nullable String url, @Nullable String key) {}

  AuditSettings {
    formerKeys.forEach(key -> requireKey("former-keys", key, VerifierKey.Type.ED25519));
    Set<String> keys = new HashSet<>();
    for (WitnessSettings witness : witnesses) {
      requireKey("witnesses", witness.key(), VerifierKey.Type.COSIGNATURE);
      if (witness.url() == null || !keys.add(witness.key())) {
        throw new IllegalArgumentException(
            HERE + "witnesses: expected a url and a key of its own for each");
      }
    }
    if (quorum != null && (quorum < 0 || quorum > witnesses.size())) {
      throw new IllegalArgumentException(
          HERE + "quorum: expected 0 to " + witnesses.size() + ", found " + quorum);
    }
    if (!place(secondPlace).stream()
        .allMatch(it -> Files.isDirectory(it) && Files.isWritable(it))) {
      throw new IllegalArgumentException(
          HERE + "second-place: expected a directory that can be written, found " + secondPlace);
    }
  }

  private static void requireKey(String setting, @Nullable String key, VerifierKey.Type type) {
    try {
      if (key != null && VerifierKey.parse(key).type() == type) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Told below, with the setting's name.
    }
    throw new IllegalArgumentException(
        HERE
            + setting
            + ": expected verifier keys of type "
            + (type == VerifierKey.Type.COSIGNATURE ? "4 (witness)" : "1 (Ed25519)")
            + ", name+8 hex digits+base64");
  }

  private static Optional<Path> place(@Nullable String setting) {
    return Optional.ofNullable(setting).filter(text -> !text.isBlank()).map(Path::of);
  }

  Optional<Path> place() {
    return place(secondPlace);
  }

  int required() {
    return quorum == null ? witnesses.size() : quorum;
  }
}
