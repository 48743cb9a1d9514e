package io.countersign.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds the person behind a user name: names can be changed and given to somebody else, subjects
 * cannot.
 */
@Component
public class People {

  private static final int MOST_REMEMBERED = 1_000;
  private static final int LONGEST_NAME = 255;

  private final Remembered<String, Optional<String>> subjects;
  private final KeycloakAdmin keycloak;

  People(KeycloakAdmin keycloak, Clock clock) {
    this.keycloak = keycloak;
    this.subjects = new Remembered<>(MOST_REMEMBERED, clock, this::read);
  }

  /**
   * The subject of who has that user name now, in whatever case. Nothing if there is nobody, or if
   * Keycloak does not say.
   */
  public Optional<String> subjectOf(String username) {
    if (username.isBlank() || username.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    return subjects.get(username).flatMap(Remembered.Answer::value);
  }

  private Optional<String> read(String username) {
    JsonNode found =
        keycloak
            .reading()
            .get("/users?exact=true&briefRepresentation=true&username={name}", username);
    return found.size() == 1 ? Optional.of(found.get(0).path("id").asText()) : Optional.empty();
  }
}
