package io.countersign.dev;

import java.nio.file.Path;
import java.util.Map;

/** Where the quick start keeps its data and listens, as the environment says. */
record QuickStartSettings(Path data, int port, int keycloakPort) {

  static QuickStartSettings from(Map<String, String> environment) {
    return new QuickStartSettings(
        Path.of(environment.getOrDefault("COUNTERSIGN_DATA", ".countersign")).toAbsolutePath(),
        port(environment, "COUNTERSIGN_PORT", 8080),
        port(environment, "COUNTERSIGN_KEYCLOAK_PORT", 8180));
  }

  private static int port(Map<String, String> environment, String name, int otherwise) {
    var text = environment.getOrDefault(name, "");
    if (text.isBlank()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw new DevException("%s must be a port number, but is '%s'.".formatted(name, text), e);
    }
  }

  int keycloakManagementPort() {
    return keycloakPort + 1;
  }

  String publicUrl() {
    return "http://127.0.0.1:" + port;
  }

  String keycloakUrl() {
    return "http://127.0.0.1:" + keycloakPort;
  }

  Path log(String name) {
    return data.resolve("logs").resolve(name + ".log");
  }

  Path note(String name) {
    return data.resolve("run").resolve(name + ".pid");
  }

  /** Refuses ports that are taken, naming the setting that chooses another one. */
  void requireFreePorts() {
    Ports.require(port, "the application", "COUNTERSIGN_PORT");
    Ports.require(keycloakPort, "Keycloak", "COUNTERSIGN_KEYCLOAK_PORT");
    if (port == keycloakPort || port == keycloakManagementPort()) {
      throw new DevException(
          "COUNTERSIGN_PORT (%d) must differ from COUNTERSIGN_KEYCLOAK_PORT (%d) and the port after it."
              .formatted(port, keycloakPort));
    }
    Ports.require(
        keycloakManagementPort(),
        "Keycloak's management (one above COUNTERSIGN_KEYCLOAK_PORT)",
        "COUNTERSIGN_KEYCLOAK_PORT");
  }

  KeycloakSettings keycloak(Secrets secrets) {
    return new KeycloakSettings(
        data,
        data.resolve("keycloak"),
        log("keycloak"),
        note("keycloak"),
        keycloakPort,
        keycloakManagementPort(),
        secrets.get("keycloak.admin"),
        RealmDocument.demo(publicUrl()));
  }
}
