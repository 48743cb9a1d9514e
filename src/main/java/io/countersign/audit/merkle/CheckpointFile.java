package io.countersign.audit.merkle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The last checkpoint of a log, kept in a file so that a crash leaves the old one or the new. */
public final class CheckpointFile {

  private final Path file;

  /** Keeps it there; the directory must exist. */
  public CheckpointFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * What is kept; nothing before the first time.
   *
   * @throws IllegalArgumentException if the file holds something else
   */
  public Optional<SignedCheckpoint> read() throws IOException {
    try {
      if (Files.size(file) > SignedCheckpoint.MAX_BYTES) {
        throw new IllegalArgumentException("expected a checkpoint in " + file + ", found more");
      }
      return Optional.of(SignedCheckpoint.parse(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Keeps another one; it is on the disk when this returns. */
  public void keep(SignedCheckpoint checkpoint) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(checkpoint.bytes());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // The new name is on the disk only once the directory is.
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
