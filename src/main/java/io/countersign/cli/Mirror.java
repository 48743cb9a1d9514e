package io.countersign.cli;

import io.countersign.audit.merkle.CheckpointFile;
import io.countersign.audit.merkle.EntryBundle;
import io.countersign.audit.merkle.Hash;
import io.countersign.audit.merkle.LogSource;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Copies a log into a directory of the same layout. What is there and full is not asked for again;
 * the checkpoint comes last, and the one before it stays beside it as {@code checkpoint.before}.
 */
final class Mirror {

  private final LogSource source;
  private final Path directory;

  Mirror(LogSource source, Path directory) {
    this.source = source;
    this.directory = directory;
  }

  /** The log has forgotten what it had said. */
  static final class SetBack extends RuntimeException {
    private static final long serialVersionUID = 1;

    SetBack(String message) {
      super(message);
    }
  }

  /**
   * Copies.
   *
   * @return the size of the log
   * @throws SetBack if the log is shorter than the copy
   */
  long copy() throws IOException {
    SignedCheckpoint checkpoint =
        SignedCheckpoint.parse(source.read("checkpoint", SignedCheckpoint.MAX_BYTES));
    long size = checkpoint.checkpoint().size();
    Files.createDirectories(directory);
    CheckpointFile kept = new CheckpointFile(directory.resolve("checkpoint"));
    Optional<SignedCheckpoint> before = kept.read();
    long had = before.map(it -> it.checkpoint().size()).orElse(0L);
    if (had > size) {
      throw new SetBack(
          "set back: the copy has " + had + " entries, the log says that it has " + size);
    }
    copyLevel(Tile.ENTRIES, size, EntryBundle.MAX_BYTES);
    for (int level = 0; level < Tile.LEVELS && size >>> (8 * level) > 0; level++) {
      copyLevel(level, size, Tile.WIDTH * Hash.LENGTH);
    }
    if (before.isPresent()) {
      new CheckpointFile(directory.resolve("checkpoint.before")).keep(before.get());
    }
    kept.keep(checkpoint);
    return size;
  }

  private void copyLevel(int level, long size, int maxBytes) throws IOException {
    long hashes = level <= 0 ? size : size >>> (8 * level);
    for (long number = 0; number * Tile.WIDTH < hashes; number++) {
      Tile tile = Tile.of(level, number, size);
      Path file = directory.resolve(tile.path());
      if (!Files.exists(file)) {
        byte[] bytes = read(tile, maxBytes);
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.write(draft, bytes);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private byte[] read(Tile tile, int maxBytes) throws IOException {
    try {
      return source.read(tile.path(), maxBytes);
    } catch (IOException e) {
      throw new IOException(tile.path() + ": " + e.getMessage(), e);
    }
  }
}
