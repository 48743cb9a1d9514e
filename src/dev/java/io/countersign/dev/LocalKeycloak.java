package io.countersign.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A real Keycloak on 127.0.0.1 with the realm and the demo people. */
public final class LocalKeycloak implements AutoCloseable {
  /** The realm of the application. */
  public static final String REALM = "countersign";

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final KeycloakSettings settings;
  private final ChildProcess process;

  private LocalKeycloak(KeycloakSettings settings, ChildProcess process) {
    this.settings = settings;
    this.process = process;
  }

  /** The one Keycloak of this JVM's tests; it ends with the JVM. */
  public static LocalKeycloak shared() {
    return Shared.SERVER;
  }

  /** A Keycloak of its own for one test, copied from a template that was imported once. */
  public static LocalKeycloak temporary() {
    try {
      return KeycloakTemplate.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts and waits until the realm answers. */
  static LocalKeycloak start(KeycloakSettings settings, Consumer<String> progress)
      throws IOException {
    var keycloak = launch(settings, progress);
    try {
      keycloak.awaitReady();
      return keycloak;
    } catch (RuntimeException | IOException e) {
      keycloak.close();
      throw e;
    }
  }

  /** Starts without waiting; imports the realm where the instance has none yet. */
  static LocalKeycloak launch(KeycloakSettings settings, Consumer<String> progress)
      throws IOException {
    var home = KeycloakHome.prepare(settings.cache(), progress);
    ChildProcess.stopLeftover("Keycloak", settings.note(), progress);
    var instance = settings.instance();
    var fresh = prepareImport(settings, progress);
    home.createInstance(instance);
    progress.accept(
        fresh
            ? "Keycloak: starting, importing the realm"
            : "Keycloak: starting with its kept data");
    var process =
        ChildProcess.start(
            "Keycloak",
            home.command(instance, arguments(settings, fresh)),
            Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                settings.adminPassword()),
            instance,
            settings.log(),
            settings.note());
    return new LocalKeycloak(settings, process);
  }

  /** Waits until the realm answers. */
  void awaitReady() throws IOException {
    var document = URI.create(issuer() + "/.well-known/openid-configuration");
    Readiness.await(process, document, PATIENCE);
    Files.writeString(importedNote(settings.instance()), settings.realm().digest());
  }

  /** Keycloak never imports over a realm it has: other content needs an instance without data. */
  private static boolean prepareImport(KeycloakSettings settings, Consumer<String> progress)
      throws IOException {
    var instance = settings.instance();
    var note = importedNote(instance);
    if (Files.exists(note)) {
      if (Files.readString(note).equals(settings.realm().digest())) {
        return false;
      }
      progress.accept("Keycloak: the realm files or addresses changed, importing them anew");
      Files.delete(note);
    }
    var data = instance.resolve("data");
    if (Files.exists(data)) {
      var aside = instance.resolve("data.before");
      Directories.delete(aside);
      Files.move(data, aside);
    }
    var folder = Files.createDirectories(data.resolve("import"));
    Files.writeString(folder.resolve(REALM + "-realm.json"), settings.realm().json());
    return true;
  }

  static Path importedNote(Path instance) {
    return instance.resolve("imported-realm");
  }

  private static List<String> arguments(KeycloakSettings settings, boolean fresh) {
    var arguments =
        new ArrayList<>(
            List.of(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--hostname=" + url(settings.port()),
                "--http-host=127.0.0.1",
                "--http-port=" + settings.port(),
                "--http-management-port=" + settings.managementPort(),
                "--cache=local"));
    if (fresh) {
      arguments.add("--import-realm");
    }
    return arguments;
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** The address of the server, without a slash at the end. */
  public String url() {
    return url(settings.port());
  }

  /** The issuer of the realm's tokens. */
  public String issuer() {
    return url() + "/realms/" + REALM;
  }

  /** Asks for a token by client credentials and returns the access token. */
  public String clientToken(String client, String secret) {
    return new KeycloakCalls(url()).clientToken(client, secret);
  }

  /** Lets people sign in to pages at this address as well. */
  public void allowPublicUrl(String publicUrl) {
    new KeycloakCalls(url()).addPublicUrl(settings.adminPassword(), publicUrl);
  }

  /** The password of the user {@code admin} of Keycloak's own master realm. */
  public String adminPassword() {
    return settings.adminPassword();
  }

  /** The server, for whoever kills or stops it. */
  public ChildProcess process() {
    return process;
  }

  /** The same instance started anew, once its process has ended. */
  public LocalKeycloak again() {
    try {
      return start(settings, line -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      process.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    static final LocalKeycloak SERVER = temporary();
  }
}
