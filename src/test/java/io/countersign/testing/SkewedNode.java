package io.countersign.testing;

import io.countersign.CountersignApplication;
import io.countersign.dev.ChildProcess;
import io.countersign.dev.Database;
import io.countersign.dev.Readiness;
import io.countersign.shared.time.NodeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joda.time.DateTimeUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.FileSystemUtils;

/**
 * Another node on the same database, in a process of its own, whose clock is off: what the engine
 * would read there from the first moment on, and what the node knows of itself as a file says.
 */
public final class SkewedNode implements AutoCloseable {

  private static final String FILE = "skewed-node.offset-file";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final URI url;
  private final Path folder;
  private final ChildProcess process;

  private SkewedNode(URI url, Path folder, ChildProcess process) {
    this.url = url;
    this.folder = folder;
    this.process = process;
  }

  /** Starts it with further settings and waits until it is ready. */
  public static SkewedNode start(Database database, Map<String, String> settings, Duration offset) {
    try {
      var url = PackagedApplication.freeUrl();
      var folder = Files.createTempDirectory("countersign-skewed");
      Files.writeString(folder.resolve("offset"), offset.toString());
      var environment = new HashMap<>(PackagedApplication.environment(url, database));
      environment.putAll(settings);
      var process =
          ChildProcess.start(
              "the skewed node",
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx500m",
                  "-D" + FILE + "=" + folder.resolve("offset"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  SkewedNode.class.getName(),
                  offset.toString()),
              environment,
              Path.of("").toAbsolutePath(),
              folder.resolve("application.log"),
              folder.resolve("application.pid"));
      var node = new SkewedNode(url, folder, process);
      node.awaitReady();
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    try {
      Readiness.await(process, url.resolve("/actuator/health/readiness"), PATIENCE);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Runs in the other process. */
  public static void main(String[] arguments) {
    DateTimeUtils.setCurrentMillisOffset(Duration.parse(arguments[0]).toMillis());
    new SpringApplicationBuilder(CountersignApplication.class).sources(Clocks.class).run();
  }

  /** The clock on the wall of the other process. */
  @TestConfiguration(proxyBeanMethods = false)
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static class Clocks {
    @Bean
    NodeClock nodeClock(@Value("${" + FILE + "}") Path file) {
      return () -> Instant.now().plus(offset(file));
    }

    private static Duration offset(Path file) {
      try {
        return Duration.parse(Files.readString(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What it tells monitoring about its clock. */
  public HttpResponse<String> clock() {
    return new Visitor(url, "").get("/actuator/health/clock");
  }

  /** Sets its clock right, and waits until it has noticed. */
  public void setRight() {
    try {
      var draft = Files.writeString(folder.resolve("draft"), Duration.ZERO.toString());
      Files.move(
          draft,
          folder.resolve("offset"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Readiness.await(process, url.resolve("/actuator/health/clock"), PATIENCE);
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
