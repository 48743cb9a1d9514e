package io.countersign.identity;

import java.util.Optional;

/**
 * What Keycloak says of a person's mail address.
 *
 * @param address one that Keycloak has verified, of a person who is enabled
 * @param isKnown whether Keycloak answered; otherwise no address means nothing
 */
public record Mailbox(Optional<String> address, boolean isKnown) {

  /** Leaves the address out. */
  @Override
  public String toString() {
    return "Mailbox[isKnown=" + isKnown + "]";
  }
}
