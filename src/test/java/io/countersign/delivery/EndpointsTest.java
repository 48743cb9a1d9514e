package io.countersign.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.delivery.DeliverySettings.EndpointSettings;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EndpointsTest {

  private static final String URL = "https://hooks.example.com/in";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void findsWhatIsConfiguredForTheAgentAndNothingElse() {
    Endpoints endpoints = endpoints(Map.of("agent-a", Map.of("default", at(URL, SECRET))));

    assertThat(endpoints.find("agent-a", "default"))
        .hasValueSatisfying(
            endpoint -> {
              assertThat(endpoint.id()).isEqualTo("agent-a/default");
              assertThat(endpoint.url()).hasToString(URL);
              assertThat(endpoint.hmacSecret()).isPresent();
              assertThat(endpoint.toString()).doesNotContain("MfKQ9r8");
            });
    assertThat(endpoints.find("agent-a", "other")).isEmpty();
    assertThat(endpoints.find("agent-b", "default")).isEmpty();
  }

  @Test
  void readsTheSettingsAsOperatorsWriteThem() {
    DeliverySettings settings =
        new Binder(
                new MapConfigurationPropertySource(
                    Map.of(
                        "countersign.delivery.endpoints.billing-agent.default.url", URL,
                        "countersign.delivery.endpoints.billing-agent.default.hmac-secret", SECRET,
                        "countersign.delivery.allowed-addresses", "127.0.0.1:8099")))
            .bind("countersign.delivery", DeliverySettings.class)
            .get();

    assertThat(settings.allowedAddresses()).containsExactly("127.0.0.1:8099");
    assertThat(settings.endpoints().get("billing-agent")).containsEntry("default", at(URL, SECRET));
    assertThat(settings.toString()).doesNotContain("MfKQ9r8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://hooks.example.com/", "https://10.0.0.1/", "nonsense"})
  void refusesTheStartNamingTheUrl(String url) {
    assertThatThrownBy(
            () -> endpoints(Map.of("agent-a", Map.of("mine", new EndpointSettings(url, null)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("countersign.delivery.endpoints.agent-a.mine.url: expected ");
  }

  @Test
  void refusesTheStartNamingASecretThatIsNone() {
    String shortest = secret(24);
    String longest = secret(64);
    endpoints(Map.of("a", Map.of("x", at(URL, shortest), "y", at(URL, longest))));

    for (String wrong : List.of("", "secret", "whsec_", "whsec_*", secret(23), secret(65))) {
      assertThatThrownBy(() -> endpoints(Map.of("a", Map.of("b", at(URL, wrong)))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("countersign.delivery.endpoints.a.b.hmac-secret: expected ")
          .hasMessageNotContaining("AAAA");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "*:80", "localhost:*", "http://localhost:80", "a:0", "10.0.0.0/8:1"})
  void refusesAnExemptionThatIsNotOneHostAndPort(String pair) {
    assertThatThrownBy(() -> AllowedAddresses.of(List.of(pair)))
        .hasMessageStartingWith("countersign.delivery.allowed-addresses: expected host:port");
  }

  private static String secret(int bytes) {
    return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
  }

  private static EndpointSettings at(String url, String secret) {
    return new EndpointSettings(url, secret);
  }

  private static Endpoints endpoints(Map<String, Map<String, EndpointSettings>> configured) {
    return new Endpoints(
        new DeliverySettings(configured, List.of()),
        new AddressGuard(AllowedAddresses.of(List.of()), SystemDefaultDnsResolver.INSTANCE));
  }
}
