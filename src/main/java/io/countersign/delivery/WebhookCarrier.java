package io.countersign.delivery;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** Posts messages, signed, to the endpoints that operators configured. */
final class WebhookCarrier implements Carrier {

  private final Endpoints endpoints;
  private final DeliverySigner signer;
  private final HttpTransport transport;
  private final Clock clock;

  WebhookCarrier(Endpoints endpoints, DeliverySigner signer, HttpTransport transport, Clock clock) {
    this.endpoints = endpoints;
    this.signer = signer;
    this.transport = transport;
    this.clock = clock;
  }

  @Override
  public boolean serves(String endpoint) {
    return endpoints.find(endpoint).isPresent();
  }

  @Override
  public Answer carry(Delivery delivery, byte[] body) throws IOException {
    Endpoint endpoint = endpoints.find(delivery.endpoint()).orElseThrow();
    Map<String, String> headers = signer.headers(delivery.id(), clock.instant(), body, endpoint);
    return transport.post(endpoint.url(), headers, body);
  }
}
