package io.countersign.delivery;

import io.countersign.delivery.DeliverySettings.EndpointSettings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The endpoints that operators configured, checked when the application starts. */
@Component
public class Endpoints {

  private static final String PROPERTY = "countersign.delivery.endpoints.";

  private final Map<String, Endpoint> byId = new LinkedHashMap<>();

  Endpoints(DeliverySettings settings, AddressGuard guard) {
    settings
        .endpoints()
        .forEach(
            (agent, named) -> named.forEach((name, endpoint) -> add(guard, agent, name, endpoint)));
  }

  private void add(AddressGuard guard, String agent, String name, EndpointSettings settings) {
    String property = PROPERTY + agent + "." + name;
    Endpoint endpoint =
        new Endpoint(agent, name, url(guard, property, settings), secret(property, settings));
    byId.put(endpoint.id(), endpoint);
  }

  private static URI url(AddressGuard guard, String property, EndpointSettings settings) {
    String url = settings.url();
    if (url == null || url.isBlank()) {
      throw new IllegalStateException(property + ".url: expected an https URL, found nothing");
    }
    try {
      return guard.check(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(property + ".url: " + e.getMessage(), e);
    }
  }

  private static Optional<WebhookSecret> secret(String property, EndpointSettings settings) {
    String secret = settings.hmacSecret();
    if (secret == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(WebhookSecret.parse(secret));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(property + ".hmac-secret: " + e.getMessage(), e);
    }
  }

  /** The endpoint of that name of an agent. */
  public Optional<Endpoint> find(String agent, String name) {
    return find(agent + "/" + name);
  }

  Optional<Endpoint> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
