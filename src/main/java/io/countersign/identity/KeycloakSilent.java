package io.countersign.identity;

/** Keycloak did not answer, not in time, or not with what was asked for. */
final class KeycloakSilent extends RuntimeException {

  KeycloakSilent(String message) {
    super(message);
  }

  KeycloakSilent(String message, Throwable cause) {
    super(message, cause);
  }
}
