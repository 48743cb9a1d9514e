package io.countersign.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickStartFilesTest {
  @TempDir Path folder;

  @Test
  void keepsPasswordsInAPrivateFile() throws Exception {
    var file = folder.resolve("secrets.properties");

    var first = Secrets.keptIn(file).get("database.app");

    assertThat(first).hasSize(32).matches("[A-Za-z0-9_-]+");
    assertThat(Secrets.keptIn(file).get("database.app")).isEqualTo(first);
    assertThat(Secrets.keptIn(file).get("database.owner")).isNotEqualTo(first);
    assertThat(modeOf(file)).isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grants", "webhooks", "log"})
  void keepsEachSigningKeyInAPrivateFile(String name) throws Exception {
    InstallationKeys.ensure(folder.resolve("keys"));
    var file = folder.resolve("keys").resolve(name + ".pem");
    var pem = Files.readString(file);

    InstallationKeys.ensure(folder.resolve("keys"));

    assertThat(Files.readString(file)).isEqualTo(pem);
    assertThat(modeOf(file)).isEqualTo("rw-------");
    assertThat(pem)
        .startsWith("-----BEGIN PRIVATE KEY-----\n")
        .endsWith("-----END PRIVATE KEY-----\n");
    var bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
    var key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    assertThat(key.getAlgorithm()).isEqualTo("EdDSA");
  }

  @Test
  void namesThePortAndTheSettingWhenItIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = taken.getLocalPort();
      var settings = QuickStartSettings.from(Map.of("COUNTERSIGN_PORT", Integer.toString(port)));

      assertThatThrownBy(settings::requireFreePorts)
          .isInstanceOf(DevException.class)
          .hasMessageContaining("Port " + port + " for the application is taken")
          .hasMessageContaining("COUNTERSIGN_PORT=");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"eighty", "80 80", "-"})
  void refusesAPortThatIsNoNumber(String text) {
    assertThatThrownBy(() -> QuickStartSettings.from(Map.of("COUNTERSIGN_KEYCLOAK_PORT", text)))
        .hasMessage("COUNTERSIGN_KEYCLOAK_PORT must be a port number, but is '" + text + "'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1"})
  void refusesAPortOutOfRange(String text) {
    var settings = QuickStartSettings.from(Map.of("COUNTERSIGN_PORT", text));

    assertThatThrownBy(settings::requireFreePorts)
        .hasMessageContaining("COUNTERSIGN_PORT must be a port between 1 and 65535");
  }

  @Test
  void findsAndStopsAProcessOfAnEarlierStart() throws Exception {
    var note = folder.resolve("sleeper.pid");
    var child = sleeper(note);
    var said = new ArrayList<String>();

    ChildProcess.stopLeftover("Sleeper", note, said::add);

    assertThat(child.isAlive()).isFalse();
    assertThat(said).singleElement().asString().contains("Sleeper of an earlier start still runs");
    assertThat(note).doesNotExist();
  }

  @Test
  void leavesAProcessAloneThatOnlyHasTheSameId() throws Exception {
    var note = folder.resolve("sleeper.pid");
    try (var child = sleeper(note)) {
      var words = Files.readString(note).trim().split(" ", -1);
      Files.writeString(note, words[0] + " " + (Long.parseLong(words[1]) - 60_000));

      ChildProcess.stopLeftover("Sleeper", note, line -> {});

      assertThat(child.isAlive()).isTrue();
    }
  }

  @Test
  void showsTheLastLinesOfAProcessThatEnded() throws Exception {
    var log = folder.resolve("echo.log");
    var child =
        ChildProcess.start(
            "Echo",
            List.of("sh", "-c", "echo first; echo last; exit 3"),
            Map.of(),
            folder,
            log,
            folder.resolve("echo.pid"));
    child.onExit().join();

    assertThat(child.ended())
        .hasMessageContaining("Echo ended with exit code 3")
        .hasMessageEndingWith("first\nlast");
    assertThat(child.lastLines(1)).isEqualTo("last");
    child.close();
  }

  @Test
  void stopsALateStarterAtOnce() {
    var parts = new RunningParts(new Terminal(System.out));
    parts.stopAll();
    var closed = new ArrayList<String>();

    assertThatThrownBy(() -> parts.add("Late", () -> closed.add("late")))
        .hasMessage("Stopped while starting.");
    assertThat(closed).containsExactly("late");
  }

  @Test
  void stopsInTheOppositeOrder() {
    var parts = new RunningParts(new Terminal(System.out));
    var closed = new ArrayList<String>();
    parts.add("first", () -> closed.add("first"));
    parts.add("second", () -> closed.add("second"));

    assertThatCode(parts::stopAll).doesNotThrowAnyException();

    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void signsSamplesWithAgentsThatTheRealmKnows() throws Exception {
    var clients =
        RealmDocument.read(RealmDocument.DEMO).path("clients").findValuesAsText("clientId");
    try (var files = Files.list(Path.of("src", "main", "demo"))) {
      for (var file : files.toList()) {
        var sample = new ObjectMapper().readTree(Files.readString(file));
        assertThat(clients).as(file.toString()).contains(sample.path("agent").asText());
        assertThat(sample.path("title").asText()).as(file.toString()).isNotBlank();
        assertThat(sample.at("/request/parameters").isObject()).as(file.toString()).isTrue();
        assertThat(sample.at("/request/confidence").isNumber()).as(file.toString()).isTrue();
      }
    }
  }

  private ChildProcess sleeper(Path note) throws Exception {
    return ChildProcess.start(
        "Sleeper", List.of("sleep", "600"), Map.of(), folder, folder.resolve("sleeper.log"), note);
  }

  private static String modeOf(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
