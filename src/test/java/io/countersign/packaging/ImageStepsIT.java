package io.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.dev.ChildProcess;
import io.countersign.dev.Database;
import io.countersign.dev.EmbeddedDatabase;
import io.countersign.dev.Login;
import io.countersign.dev.Ports;
import io.countersign.dev.Readiness;
import io.countersign.testing.PackagedApplication.Deployable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** What the image and the compose file do, step by step and without an engine for containers. */
class ImageStepsIT {

  private static final URI KEYCLOAK = URI.create("http://127.0.0.1:1");

  private final ComposeFile compose = ComposeFile.read();
  private final int port = Ports.free();
  private EmbeddedDatabase server;
  private Path root;
  private Path secrets;

  @BeforeEach
  void prepare(@TempDir Path folder) throws Exception {
    root = folder;
    secrets = root.resolve("docker/secrets");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    FileSystemUtils.copyRecursively(ComposeFile.FOLDER, root.resolve("docker"));
    FileSystemUtils.copyRecursively(Path.of("keycloak-realm"), root.resolve("keycloak-realm"));
    run(Map.of(), root.resolve("docker/prepare").toString());
    server = EmbeddedDatabase.temporary();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void startsAsTheComposeFileSaysAndStopsWhenAsked() throws Exception {
    var database = initialisedDatabase();
    var app = install();
    var environment = environment(database);
    var check = app.resolve("start").toString();
    assertThat(exitCode(environment, check, "check")).isNotZero();

    var process = launch(app, environment);
    try (process) {
      var readiness = "http://127.0.0.1:%d/actuator/health/readiness".formatted(port);
      Readiness.await(process, URI.create(readiness), Duration.ofMinutes(4));
      assertThat(exitCode(environment, check, "check")).isZero();
      assertThatThrownBy(() -> execute(database.asApp(), "create table mine (id int)"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> execute(database.asApp(), "delete from audit_entry"))
          .hasMessageContaining("permission denied");
    }
    assertThat(process.exitCode()).isEqualTo(143);
    assertThat(process.lastLines(100)).contains("Graceful shutdown complete");
  }

  @Test
  void preparesEachSecretOnceAndKeepsIt() throws Exception {
    var before = contents();
    assertThat(before.keySet().stream().map(path -> path.getFileName().toString()))
        .contains(
            "grants.pem",
            "webhooks.pem",
            "log.pem",
            "sealing.key",
            "edge.pem",
            "countersign-realm.json")
        .containsAll(compose.secrets().keySet())
        .noneMatch(name -> name.endsWith(".draft"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
        .isEqualTo("rwx------");

    run(Map.of(), root.resolve("docker/prepare").toString());

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void givesTheClientsOfTheRealmTheSecretsOfTheApplication() throws Exception {
    var realm =
        new ObjectMapper().readTree(secrets.resolve("realm/countersign-realm.json").toFile());
    var found = new TreeMap<String, String>();
    for (var client : realm.get("clients")) {
      if (client.has("secret")) {
        found.put(client.get("clientId").asText(), client.get("secret").asText());
      }
    }
    assertThat(found)
        .isEqualTo(
            Map.of(
                "countersign-web", secret("web_client_secret"),
                "countersign-identity", secret("identity_client_secret")));
  }

  private Map<Path, String> contents() throws IOException {
    var contents = new TreeMap<Path, String>();
    try (var files = Files.walk(secrets)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file, Files.readString(file));
      }
    }
    return contents;
  }

  private String secret(String name) throws IOException {
    return Files.readString(secrets.resolve(name)).strip();
  }

  /** The roles of the tests' own server have the same names: they make room first. */
  private Database initialisedDatabase() throws Exception {
    var main = server.main();
    var maintenance = main.url().replace("/countersign", "/postgres");
    execute(connect(maintenance, main.superuser()), "drop database countersign");
    execute(connect(maintenance, main.superuser()), "drop role countersign_app");
    execute(connect(maintenance, main.superuser()), "drop role countersign_owner");
    var owner = new Login("countersign_owner", secret("database_owner_password"));
    var app = new Login("countersign_app", secret("database_app_password"));
    for (var step : List.of("roles", "schema", "keycloak")) {
      var url = step.equals("schema") ? main.url() : maintenance;
      for (var statement : statements(step)) {
        execute(connect(url, main.superuser()), statement);
      }
    }
    return new Database(main.url(), owner, app, main.superuser());
  }

  /** As psql fills in its variables. */
  private List<String> statements(String step) throws IOException {
    var sql =
        Files.readString(root.resolve("docker/database/" + step + ".sql"))
            .replaceAll("(?m)^--.*$", "")
            .replace(":'owner_password'", "'" + secret("database_owner_password") + "'")
            .replace(":'app_password'", "'" + secret("database_app_password") + "'")
            .replace(":'keycloak_password'", "'" + secret("keycloak_database_password") + "'");
    return sql.lines().allMatch(String::isBlank)
        ? List.of()
        : List.of(sql.strip().split(";\\s*", 0));
  }

  private static Connection connect(String url, Login login) throws SQLException {
    return DriverManager.getConnection(url, login.user(), login.password());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (connection;
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Path install() throws IOException {
    var app = Files.createDirectory(root.resolve("app"));
    Files.copy(root.resolve("docker/start"), app.resolve("start"));
    Files.copy(Deployable.WAR.file(), app.resolve("countersign.war"));
    readable(app.resolve("start"), "r-xr-xr-x");
    readable(app.resolve("countersign.war"), "r--r--r--");
    readable(Files.createDirectory(root.resolve("tmp")), "rwxrwxrwx");
    return app;
  }

  /** What the compose file says, at the places where this machine has it. */
  private Map<String, String> environment(Database database) throws IOException {
    var environment = new HashMap<>(compose.environment("node-1"));
    environment.replaceAll((name, value) -> value.replaceAll("\\$\\{\\w+:\\?[^}]*}", "a.example"));
    var mounted = Files.createDirectories(root.resolve("run/secrets"));
    for (var file : compose.secretsOf("node-1").entrySet()) {
      Files.copy(secrets.resolve(file.getValue()), mounted.resolve(file.getKey()));
    }
    FileSystemUtils.copyRecursively(secrets.resolve("keys"), root.resolve("run/keys"));
    Files.copy(secrets.resolve("edge-certificate.pem"), root.resolve("run/edge.pem"));
    Files.copy(root.resolve("docker/callbacks.yaml"), root.resolve("run/callbacks.yaml"));
    environment.computeIfPresent(
        "SPRING_CONFIG_IMPORT",
        (name, value) ->
            value
                .replace("/run/secrets/", mounted + "/")
                .replace("/run/settings/", root.resolve("run") + "/"));
    environment.put("COUNTERSIGN_KEYS", root.resolve("run/keys").toString());
    environment.put("COUNTERSIGN_TRUSTED_CERTIFICATE", root.resolve("run/edge.pem").toString());
    environment.put("COUNTERSIGN_DATABASE_URL", database.url());
    environment.put("COUNTERSIGN_KEYCLOAK_URL", KEYCLOAK.toString());
    environment.put("COUNTERSIGN_PORT", Integer.toString(port));
    environment.put("TMPDIR", root.resolve("tmp").toString());
    return environment;
  }

  private static void readable(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /** As the user of the image, where this process may become it. */
  private ChildProcess launch(Path app, Map<String, String> environment) throws Exception {
    var command = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(
          List.of("setpriv", "--reuid=10001", "--regid=10001", "--clear-groups", "--no-new-privs"));
    }
    command.add(app.resolve("start").toString());
    return ChildProcess.start(
        "The image's steps",
        command,
        environment,
        root.resolve("tmp"),
        root.resolve("application.log"),
        root.resolve("application.pid"));
  }

  private static void run(Map<String, String> environment, String... command) throws Exception {
    assertThat(exitCode(environment, command)).isZero();
  }

  private static int exitCode(Map<String, String> environment, String... command) throws Exception {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    return builder.start().waitFor();
  }
}
