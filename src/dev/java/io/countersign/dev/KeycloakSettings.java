package io.countersign.dev;

import java.nio.file.Path;

/** Where one Keycloak lives and listens, and what it imports when its data are new. */
record KeycloakSettings(
    Path cache,
    Path instance,
    Path log,
    Path note,
    int port,
    int managementPort,
    String adminPassword,
    RealmDocument realm) {}
