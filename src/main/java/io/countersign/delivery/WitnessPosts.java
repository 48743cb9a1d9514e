package io.countersign.delivery;

import io.countersign.audit.WitnessCalls;
import java.io.IOException;
import java.net.URI;
import org.springframework.stereotype.Component;

/** Reaches the log's witnesses, past the same guard as everything that leaves the house. */
@Component
class WitnessPosts implements WitnessCalls {

  private final AddressGuard guard;
  private final HttpTransport transport;

  WitnessPosts(AddressGuard guard, HttpTransport transport) {
    this.guard = guard;
    this.transport = transport;
  }

  @Override
  public URI check(String url) {
    return guard.check(url);
  }

  @Override
  public Answer post(URI url, byte[] text, int maxAnswerBytes) throws IOException {
    return transport.post(url, text, maxAnswerBytes);
  }
}
