package io.countersign.delivery;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What operators write under {@code countersign.delivery}.
 *
 * @param endpoints by agent and name, where messages may go
 * @param allowedAddresses exact {@code host:port} pairs that may be private and need no https; for
 *     demos and tests
 */
@ConfigurationProperties("countersign.delivery")
record DeliverySettings(
    @DefaultValue Map<String, Map<String, EndpointSettings>> endpoints,
    @DefaultValue List<String> allowedAddresses) {

  /**
   * One endpoint.
   *
   * @param url https, on port 443 or 8443
   * @param hmacSecret {@code whsec_…}, only for receivers that cannot verify Ed25519
   */
  record EndpointSettings(@Nullable String url, @Nullable String hmacSecret) {

    @Override
    public String toString() {
      return "EndpointSettings[url=" + url + "]";
    }
  }
}
