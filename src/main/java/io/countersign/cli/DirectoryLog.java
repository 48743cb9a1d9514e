package io.countersign.cli;

import io.countersign.audit.merkle.LogSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A log in a directory. */
final class DirectoryLog implements LogSource {

  private final Path directory;

  DirectoryLog(Path directory) {
    this.directory = directory;
  }

  @Override
  public byte[] read(String path, int maxBytes) throws IOException {
    try (InputStream in = Files.newInputStream(directory.resolve(path))) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException("longer than " + maxBytes + " bytes");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new IOException("missing", e);
    }
  }
}
