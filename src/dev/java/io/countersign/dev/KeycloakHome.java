package io.countersign.dev;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keycloak unpacked and built: done once, then shared read-only by every instance. */
record KeycloakHome(Path directory) {
  private static final String ARCHIVE = "keycloak-quarkus-dist-";
  private static final Duration BUILD_PATIENCE = Duration.ofMinutes(5);
  private static final List<String> SHARED = List.of("bin", "conf", "lib", "providers", "themes");

  /** Prepares the archive that the Maven build copied to target/. */
  static KeycloakHome prepare(Path cache, Consumer<String> progress) throws IOException {
    var archive = archive(Path.of("target"));
    var version = archive.getFileName().toString().replace(ARCHIVE, "").replace(".zip", "");
    var home = cache.toAbsolutePath().resolve("keycloak-" + version);
    Files.createDirectories(cache);
    try (var channel = lockFile(cache);
        var lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(home.resolve("countersign-built"))) {
        install(archive, home, progress);
      }
    }
    return new KeycloakHome(home);
  }

  private static FileChannel lockFile(Path cache) throws IOException {
    return FileChannel.open(
        cache.resolve("keycloak.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static Path archive(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, ARCHIVE + "*.zip")) {
        for (var file : files) {
          return file;
        }
      }
    }
    throw new DevException(
        "Keycloak's archive is not in %s. Fetch it with: mvn process-test-resources"
            .formatted(folder.toAbsolutePath()));
  }

  private static void install(Path archive, Path home, Consumer<String> progress)
      throws IOException {
    progress.accept("Keycloak: unpacking (once)");
    ChildProcess.stopLeftover("Keycloak's build", home.resolve("build.pid"), progress);
    Directories.delete(home);
    Directories.unpack(archive, home);
    progress.accept("Keycloak: building its configuration (once, about half a minute)");
    var build =
        new KeycloakHome(home)
            .command(home, List.of("build", "--db=dev-file", "--health-enabled=true"));
    var log = home.resolveSibling("keycloak-build.log");
    try (var process =
        ChildProcess.start(
            "Keycloak's build", build, Map.of(), home, log, home.resolve("build.pid"))) {
      if (!process.endsWithin(BUILD_PATIENCE) || process.exitCode() != 0) {
        throw new DevException("Keycloak's build failed:\n\n" + process.lastLines(25));
      }
    }
    Files.writeString(home.resolve("countersign-built"), "");
  }

  /** A folder with data of its own in which Keycloak finds everything else of this home. */
  void createInstance(Path instance) throws IOException {
    Files.createDirectories(instance.resolve("data"));
    for (var name : SHARED) {
      var link = instance.resolve(name);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, directory.resolve(name));
    }
  }

  /** Java itself rather than kc.sh: a shell in between would outlive or orphan the server. */
  List<String> command(Path instance, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms64m",
            "-Xmx384m",
            "-XX:MaxMetaspaceSize=256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Dkc.home.dir=" + instance,
            "-Djboss.server.config.dir=" + instance.resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-Dpicocli.disable.closures=true",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-cp",
            directory.resolve("lib/quarkus-run.jar").toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    command.addAll(arguments);
    return command;
  }

  /** Replaces the instance in one step by a copy that is complete. */
  static void copyData(Path template, Path instance) throws IOException {
    var draft = instance.resolve("data.draft");
    Directories.delete(draft);
    Directories.copy(template.resolve("data"), draft);
    Directories.delete(instance.resolve("data"));
    Files.move(draft, instance.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
  }
}
