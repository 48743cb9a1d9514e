package io.countersign.delivery;

import java.net.URI;
import java.util.Optional;

/**
 * Where an operator allowed an agent to be told.
 *
 * @param agent the client id of the agent
 * @param name how the agent names it, {@code default} if it does not
 * @param url where messages are posted
 * @param hmacSecret for receivers that cannot verify Ed25519
 */
public record Endpoint(String agent, String name, URI url, Optional<WebhookSecret> hmacSecret) {

  /** The id under which messages are kept, for example {@code billing-agent/default}. */
  public String id() {
    return agent + "/" + name;
  }
}
