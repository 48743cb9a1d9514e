package io.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;

/** Where people sign in: the addresses that Keycloak publishes of itself. */
final class Issuer {

  static final String CLIENT = "countersign-cli";

  private final Http http;
  private final JsonNode document;

  private Issuer(Http http, JsonNode document) {
    this.http = http;
    this.document = document;
  }

  static Issuer at(String issuer, Http http) {
    URI address = Http.safe(issuer + "/.well-known/openid-configuration");
    Http.Answer answer = http.get(address, Map.of());
    if (!answer.isGood() || !issuer.equals(answer.body().path("issuer").asText())) {
      throw new Failure(
          Exit.UNAVAILABLE, "there is no issuer of that name at " + Visible.line(issuer));
    }
    return new Issuer(http, answer.body());
  }

  /** Posts to one of its published addresses. */
  Http.Answer post(String endpoint, Map<String, String> form) {
    String address = document.path(endpoint).asText();
    if (address.isEmpty()) {
      throw new Failure(Exit.UNAVAILABLE, "the issuer offers no " + endpoint);
    }
    return http.postForm(Http.safe(address), form);
  }
}
