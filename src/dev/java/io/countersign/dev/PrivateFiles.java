package io.countersign.dev;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files that only their owner can read, replaced in one step. */
final class PrivateFiles {
  private PrivateFiles() {}

  static void write(Path file, String text) throws IOException {
    var target = file.toAbsolutePath();
    var folder = Objects.requireNonNull(target.getParent(), "a file has a folder");
    createDirectory(folder);
    var permissions = PosixFilePermissions.fromString("rw-------");
    var draft =
        Files.createTempFile(
            folder, "draft", "", PosixFilePermissions.asFileAttribute(permissions));
    Files.writeString(draft, text);
    Files.move(draft, target, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      var permissions = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(permissions));
    }
  }
}
