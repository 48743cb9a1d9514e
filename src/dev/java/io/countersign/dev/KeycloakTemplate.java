package io.countersign.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Data of a Keycloak that has imported the realm, which each test's Keycloak starts from. */
final class KeycloakTemplate {
  private static final Path CACHE = Path.of(".countersign").toAbsolutePath();
  private static final String ADMIN_PASSWORD = "admin";
  private static final RealmDocument REALM = RealmDocument.demo("http://127.0.0.1:8080");

  private KeycloakTemplate() {}

  /** Starts a copy on free ports that is deleted when the JVM ends. */
  static LocalKeycloak start() throws IOException {
    var template = prepare();
    var instance = Files.createTempDirectory("countersign-keycloak");
    KeycloakHome.copyData(template, instance);
    Files.writeString(LocalKeycloak.importedNote(instance), REALM.digest());
    var keycloak = LocalKeycloak.start(settings(instance), line -> {});
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> discard(keycloak, instance), "keycloak-closer"));
    return keycloak;
  }

  private static Path prepare() throws IOException {
    var template = CACHE.resolve("keycloak-template-" + REALM.digest());
    Files.createDirectories(CACHE);
    try (var channel =
            FileChannel.open(
                CACHE.resolve("template.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(template.resolve("complete"))) {
        deleteOlder();
        LocalKeycloak.start(settings(template), System.err::println).close();
        Files.writeString(template.resolve("complete"), "");
      }
    }
    return template;
  }

  private static void deleteOlder() throws IOException {
    try (var folders = Files.newDirectoryStream(CACHE, "keycloak-template-*")) {
      for (var folder : folders) {
        Directories.delete(folder);
      }
    }
  }

  private static KeycloakSettings settings(Path instance) {
    return new KeycloakSettings(
        CACHE,
        instance,
        instance.resolve("keycloak.log"),
        instance.resolve("keycloak.pid"),
        Ports.free(),
        Ports.free(),
        ADMIN_PASSWORD,
        REALM);
  }

  private static void discard(LocalKeycloak keycloak, Path instance) {
    keycloak.close();
    try {
      Directories.delete(instance);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
