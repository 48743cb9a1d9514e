package io.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who is signed in where, in a file that only they can read. */
final class SessionFile {

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;

  SessionFile(Path file) {
    this.file = file;
  }

  /** Below the state directory of the XDG base directories. */
  static SessionFile ofThisPerson() {
    String state = System.getenv("XDG_STATE_HOME");
    Path home =
        state == null || !Path.of(state).isAbsolute()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return new SessionFile(home.resolve("countersign").resolve("session.json"));
  }

  /** A sign-in; the refresh token is as good as the person's password. */
  record Session(String server, String issuer, String refreshToken) {
    Session renewed(String token) {
      return new Session(server, issuer, token);
    }

    @Override
    public String toString() {
      return "Session[" + server + ", " + issuer + "]";
    }
  }

  Optional<Session> read() {
    try {
      if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
        throw new Failure(
            Exit.SIGN_IN, "others can read " + file + ": sign out, and in again (login)");
      }
      JsonNode stored = Http.JSON.readTree(Files.readAllBytes(file));
      return Optional.of(
          new Session(
              stored.path("server").asText(),
              stored.path("issuer").asText(),
              stored.path("refreshToken").asText()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new Failure(Exit.SIGN_IN, "cannot read " + file + ": sign in again (login)", e);
    }
  }

  void write(Session session) {
    JsonNode stored =
        Http.JSON
            .createObjectNode()
            .put("server", session.server())
            .put("issuer", session.issuer())
            .put("refreshToken", session.refreshToken());
    try {
      prepare();
      Path draft =
          Files.createTempFile(
              file.getParent(), "session", ".draft", PosixFilePermissions.asFileAttribute(OWNERS));
      Files.write(draft, Http.JSON.writeValueAsBytes(stored));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Failure(Exit.UNAVAILABLE, "cannot write " + file, e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Failure(Exit.UNAVAILABLE, "cannot delete " + file, e);
    }
  }

  /** Lets one command at a time renew the token: who comes second reads what the first has left. */
  <T> T alone(Supplier<T> work) {
    try {
      prepare();
      Path lock = file.resolveSibling("lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          @Nullable FileLock held = channel.lock()) {
        return work.get();
      }
    } catch (IOException e) {
      throw new Failure(Exit.UNAVAILABLE, "cannot lock " + file, e);
    }
  }

  private void prepare() throws IOException {
    Files.createDirectories(
        file.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
