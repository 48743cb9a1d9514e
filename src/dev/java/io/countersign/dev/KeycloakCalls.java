package io.countersign.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The few calls to Keycloak that the quick start and the tests need. */
record KeycloakCalls(String url) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  String clientToken(String client, String secret) {
    return token(
        LocalKeycloak.REALM,
        Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
  }

  void addPublicUrl(String adminPassword, String publicUrl) {
    var admin = adminToken(adminPassword);
    var clients = url + "/admin/realms/" + LocalKeycloak.REALM + "/clients";
    var found = get(clients + "?clientId=countersign-web", admin);
    var client = (ObjectNode) found.get(0);
    client.put("rootUrl", publicUrl).put("baseUrl", publicUrl + "/");
    client.withArray("/redirectUris").add(publicUrl + "/login/oauth2/code/keycloak");
    var attributes = client.withObject("/attributes");
    var signOuts = attributes.path("post.logout.redirect.uris").asText("");
    attributes.put(
        "post.logout.redirect.uris",
        signOuts.isEmpty() ? publicUrl + "/" : signOuts + "##" + publicUrl + "/");
    put(clients + "/" + client.get("id").asText(), admin, client);
  }

  /** Adds a component, for example another key, to the realm. */
  void addComponent(String adminPassword, String component) {
    send(
        authorized(
                url + "/admin/realms/" + LocalKeycloak.REALM + "/components",
                adminToken(adminPassword))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(component)));
  }

  private String adminToken(String password) {
    return token(
        "master",
        Map.of(
            "grant_type", "password",
            "client_id", "admin-cli",
            "username", "admin",
            "password", password));
  }

  private String token(String realm, Map<String, String> form) {
    var address = URI.create(url + "/realms/" + realm + "/protocol/openid-connect/token");
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(form)));
    return send(request).path("access_token").asText();
  }

  private JsonNode get(String address, String token) {
    return send(authorized(address, token).GET());
  }

  private void put(String address, String token, JsonNode body) {
    send(
        authorized(address, token)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString())));
  }

  private static HttpRequest.Builder authorized(String address, String token) {
    return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token);
  }

  private static JsonNode send(HttpRequest.Builder builder) {
    var request = builder.build();
    try {
      var response = CLIENT.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new DevException(
            "Keycloak answered %d to %s: %s"
                .formatted(response.statusCode(), request.uri(), response.body()));
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new DevException("Keycloak does not answer at " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevException("Interrupted while calling Keycloak.", e);
    }
  }

  static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
