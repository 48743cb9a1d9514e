package io.countersign.testing;

import io.countersign.dev.ChildProcess;
import io.countersign.dev.Database;
import io.countersign.dev.Ports;
import io.countersign.dev.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** What operators start: one of the two deployables as a process of its own. */
public final class PackagedApplication implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The deployables, and how each of them is told its port. */
  public enum Deployable {
    /** {@code java -jar countersign.war}. */
    WAR("countersign.war"),
    /** The same inside WildFly, built by the profile {@code wildfly}. */
    BOOTABLE_JAR("countersign-bootable.jar");

    private final Path file;

    Deployable(String name) {
      this.file = Path.of("target", name).toAbsolutePath();
    }

    /** The built file. */
    public Path file() {
      return file;
    }

    List<String> command(Path scratch, String port) {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Xmx700m");
      command.add("-XX:TieredStopAtLevel=1");
      // The bootable JAR unpacks itself there; killed, it leaves that behind.
      command.add("-Djava.io.tmpdir=" + scratch);
      command.addAll(List.of("-jar", file.toString()));
      if (this == BOOTABLE_JAR) {
        command.addAll(List.of("-b=127.0.0.1", "-Djboss.http.port=" + port));
      }
      return command;
    }
  }

  private final URI url;
  private final Path folder;
  private final ChildProcess process;

  private PackagedApplication(URI url, Path folder, ChildProcess process) {
    this.url = url;
    this.folder = folder;
    this.process = process;
  }

  /** Where an application can listen, known to Keycloak. */
  public static URI freeUrl() {
    var url = URI.create("http://127.0.0.1:" + Ports.free());
    RunningApplication.KEYCLOAK.allowPublicUrl(url.toString());
    return url;
  }

  /** Starts with demo people and waits until it is ready. */
  public static PackagedApplication start(Deployable deployable, URI url, Database database) {
    return start(deployable, url, environment(url, database));
  }

  /** Starts with exactly this environment and waits until it is ready. */
  public static PackagedApplication start(
      Deployable deployable, URI url, Map<String, String> environment) {
    var application = launch(deployable, url, environment);
    try {
      Readiness.await(application.process, url.resolve("/actuator/health/readiness"), PATIENCE);
      return application;
    } catch (RuntimeException e) {
      application.close();
      throw e;
    }
  }

  /** Starts with exactly this environment, whatever becomes of it. */
  public static PackagedApplication launch(
      Deployable deployable, URI url, Map<String, String> environment) {
    try {
      var folder = Files.createTempDirectory("countersign-packaged");
      var process =
          ChildProcess.start(
              deployable.file().getFileName().toString(),
              deployable.command(folder, Integer.toString(url.getPort())),
              environment,
              folder,
              folder.resolve("application.log"),
              folder.resolve("application.pid"));
      return new PackagedApplication(url, folder, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environment of the quick start. */
  public static Map<String, String> environment(URI url, Database database) {
    var environment = new HashMap<>(RunningApplication.environment(url, database));
    environment.put("SPRING_PROFILES_ACTIVE", "demo");
    return environment;
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() {
    process.kill();
    close();
  }

  /** Its address. */
  public URI url() {
    return url;
  }

  /** The process itself. */
  public ChildProcess process() {
    return process;
  }

  /** Everything it said so far. */
  public String log() {
    try {
      return Files.readString(folder.resolve("application.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody whom the application does not know. */
  public Visitor anybody() {
    return new Visitor(url, "");
  }

  /** A demo client with a new token. */
  public Visitor agent(String client) {
    return new Visitor(url, RunningApplication.KEYCLOAK.clientToken(client, client));
  }

  /** A demo person with a new token of the command line. */
  public Visitor commandLine(String person) {
    return new Visitor(url, RunningApplication.cliToken(person));
  }

  /** A demo person, signed in to the pages through Keycloak's form. */
  public Visitor signIn(String person) {
    var visitor = anybody();
    visitor.signIn(person, person);
    return visitor;
  }

  @Override
  public void close() {
    try {
      process.close();
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
