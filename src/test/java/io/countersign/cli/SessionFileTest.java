package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.cli.SessionFile.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFileTest {

  private static final Session SESSION =
      new Session("https://approve.example", "https://id.example/realms/countersign", "secret-1");

  @TempDir private Path state;
  private Path path;
  private SessionFile file;

  @BeforeEach
  void name() {
    path = state.resolve("countersign").resolve("session.json");
    file = new SessionFile(path);
  }

  @Test
  void keepsASessionForItsOwnerOnly() throws Exception {
    assertThat(file.read()).isEmpty();
    file.write(SESSION);
    file.write(SESSION.renewed("secret-2"));

    assertThat(file.read()).hasValue(SESSION.renewed("secret-2"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
        .isEqualTo("rwx------");
    try (var left = Files.list(path.getParent())) {
      assertThat(left).containsExactly(path);
    }
  }

  @Test
  void refusesAFileThatOthersCanRead() throws Exception {
    file.write(SESSION);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(file::read).isInstanceOf(Failure.class).hasMessageContaining("others");
  }

  @Test
  void forgets() {
    file.write(SESSION);
    file.delete();
    file.delete();

    assertThat(file.read()).isEmpty();
  }

  @Test
  void neverPrintsTheToken() {
    assertThat(SESSION.toString()).doesNotContain("secret");
  }
}
