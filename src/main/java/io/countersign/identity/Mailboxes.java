package io.countersign.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;

/** Asks Keycloak for people's mail addresses, each time anew: they are kept nowhere else. */
@Component
public class Mailboxes {

  private static final Logger log = LoggerFactory.getLogger(Mailboxes.class);

  private final KeycloakAdmin keycloak;

  Mailboxes(KeycloakAdmin keycloak) {
    this.keycloak = keycloak;
  }

  /** The address of who has that subject. */
  public Mailbox of(String subject) {
    try {
      return new Mailbox(address(keycloak.reading().get("/users/{id}", subject)), true);
    } catch (KeycloakSilent e) {
      if (e.getCause() instanceof HttpClientErrorException.NotFound) {
        return new Mailbox(Optional.empty(), true);
      }
      log.warn("{}; mails wait", e.getMessage());
      return new Mailbox(Optional.empty(), false);
    }
  }

  private static Optional<String> address(JsonNode user) {
    boolean counts = user.path("enabled").asBoolean() && user.path("emailVerified").asBoolean();
    return Optional.of(user.path("email").asText()).filter(address -> counts && !address.isBlank());
  }
}
