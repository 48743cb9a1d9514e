package io.countersign.audit;

import io.countersign.audit.merkle.Checkpoint;
import io.countersign.audit.merkle.CheckpointFile;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.TiledTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last checkpoint outside of the database, so that a database that was set back, or changed by
 * its administrator, is noticed. Each node may have its own; it may lag behind, never be ahead.
 */
class SecondPlace {

  private final Optional<CheckpointFile> file;

  SecondPlace(@Nullable Path directory) {
    this.file =
        Optional.ofNullable(directory)
            .map(place -> new CheckpointFile(place.resolve("checkpoint")));
  }

  /**
   * Compares.
   *
   * @param tree what the database says now
   * @throws LogInDoubt if it does not extend what is kept here
   */
  void requireExtended(TiledTree tree, long size, LogIdentity identity) {
    Optional<SignedCheckpoint> kept = read();
    if (kept.isEmpty()) {
      return;
    }
    identity.requireOurs(kept);
    Checkpoint before = kept.get().checkpoint();
    if (before.size() > size) {
      throw new LogInDoubt(
          "the database was set back: it holds "
              + size
              + " entries of the log, the second place knows of "
              + before.size());
    }
    if (!tree.rootAt(before.size()).equals(before.root())) {
      throw new LogInDoubt(
          "the database was changed: its first "
              + before.size()
              + " entries are not those of the checkpoint in the second place");
    }
  }

  private Optional<SignedCheckpoint> read() {
    try {
      return file.isEmpty() ? Optional.empty() : file.get().read();
    } catch (IOException e) {
      throw new UncheckedIOException("the second place cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new LogInDoubt("the second place holds no checkpoint: " + e.getMessage(), e);
    }
  }

  void keep(SignedCheckpoint checkpoint) {
    if (file.isPresent()) {
      try {
        file.get().keep(checkpoint);
      } catch (IOException e) {
        throw new UncheckedIOException("the second place cannot be written", e);
      }
    }
  }
}
