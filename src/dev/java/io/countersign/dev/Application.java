package io.countersign.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The deployable as a child process, configured by its environment only. */
final class Application {
  static final Path WAR = Path.of("target", "countersign.war");
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private Application() {}

  static ChildProcess launch(QuickStartSettings settings, Database database) throws IOException {
    if (!Files.exists(WAR)) {
      throw new DevException(
          "%s is missing. Build it with: mvn package -DskipTests".formatted(WAR));
    }
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return ChildProcess.start(
        "Countersign",
        List.of(java, "-Xmx1g", "-jar", WAR.toAbsolutePath().toString()),
        environment(settings, database),
        Path.of("").toAbsolutePath(),
        settings.log("application"),
        settings.note("application"));
  }

  static void awaitReady(ChildProcess process, QuickStartSettings settings) {
    Readiness.await(
        process, URI.create(settings.publicUrl() + "/actuator/health/readiness"), PATIENCE);
  }

  static Map<String, String> environment(QuickStartSettings settings, Database database) {
    var values = new HashMap<String, String>();
    values.put("SPRING_PROFILES_ACTIVE", "demo");
    values.put("COUNTERSIGN_PUBLIC_URL", settings.publicUrl());
    values.put("COUNTERSIGN_PORT", Integer.toString(settings.port()));
    values.put("COUNTERSIGN_DATABASE_URL", database.url());
    values.put("COUNTERSIGN_DATABASE_USER", database.app().user());
    values.put("COUNTERSIGN_DATABASE_PASSWORD", database.app().password());
    values.put("COUNTERSIGN_DATABASE_OWNER", database.owner().user());
    values.put("COUNTERSIGN_DATABASE_OWNER_PASSWORD", database.owner().password());
    values.put("COUNTERSIGN_KEYCLOAK_URL", settings.keycloakUrl());
    values.put("COUNTERSIGN_REALM", LocalKeycloak.REALM);
    values.put("COUNTERSIGN_WEB_CLIENT_SECRET", "countersign-web");
    values.put("COUNTERSIGN_IDENTITY_CLIENT_SECRET", "countersign-identity");
    values.put("COUNTERSIGN_KEYS", settings.data().resolve("keys").toString());
    return values;
  }
}
