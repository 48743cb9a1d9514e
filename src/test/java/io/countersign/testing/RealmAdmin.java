package io.countersign.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.dev.LocalKeycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an administrator does in Keycloak's console. */
public final class RealmAdmin {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final LocalKeycloak keycloak;

  /** The administrator of that Keycloak. */
  public RealmAdmin(LocalKeycloak keycloak) {
    this.keycloak = keycloak;
  }

  /** The administrator of the Keycloak that all tests of this JVM share. */
  public static RealmAdmin shared() {
    return new RealmAdmin(RunningApplication.KEYCLOAK);
  }

  /** Adds a person with a password that is their name, and returns the subject. */
  public String addPerson(String name, Map<String, List<String>> attributes) {
    var user =
        JSON.createObjectNode()
            .put("username", name)
            .put("enabled", true)
            .put("firstName", name)
            .put("lastName", name)
            .put("email", name + "@people.example")
            .put("emailVerified", true);
    user.set("attributes", JSON.valueToTree(attributes));
    user.putArray("credentials").addObject().put("type", "password").put("value", name);
    send("POST", "/users", user);
    return subject(name);
  }

  /** The subject of who has that name now. */
  public String subject(String name) {
    return send("GET", "/users?exact=true&username=" + encode(name), null).at("/0/id").asText();
  }

  /** Changes what the console shows of a person. */
  public void change(String subject, String field, Object value) {
    var user = (ObjectNode) send("GET", "/users/" + subject, null);
    user.set(field, JSON.valueToTree(value));
    send("PUT", "/users/" + subject, user);
  }

  /** Renames a person; the realm fixes names, so it is opened for a moment. */
  public void rename(String subject, String name) {
    send("PUT", "", JSON.createObjectNode().put("editUsernameAllowed", true));
    change(subject, "username", name);
    send("PUT", "", JSON.createObjectNode().put("editUsernameAllowed", false));
  }

  /** Sets the password; the demo people's is their name. */
  public void setPassword(String subject, String password) {
    send(
        "PUT",
        "/users/" + subject + "/reset-password",
        JSON.createObjectNode()
            .put("type", "password")
            .put("value", password)
            .put("temporary", false));
  }

  /** Deletes a person. */
  public void remove(String subject) {
    send("DELETE", "/users/" + subject, null);
  }

  /** Gives a person a role directly. */
  public void grant(String subject, String role) {
    send(
        "POST",
        "/users/" + subject + "/role-mappings/realm",
        JSON.createArrayNode().add(role(role)));
  }

  /** Takes a role away that was given directly. */
  public void revoke(String subject, String role) {
    send(
        "DELETE",
        "/users/" + subject + "/role-mappings/realm",
        JSON.createArrayNode().add(role(role)));
  }

  /** Puts a person into a group. */
  public void join(String subject, String group) {
    send("PUT", "/users/" + subject + "/groups/" + group, JSON.createObjectNode());
  }

  /** The id of a group at the top. */
  public String group(String name) {
    return send("GET", "/groups?exact=true&search=" + encode(name), null).at("/0/id").asText();
  }

  /** Adds a group below another one and returns its id. */
  public String addGroup(String parent, String name) {
    return send(
            "POST", "/groups/" + parent + "/children", JSON.createObjectNode().put("name", name))
        .path("id")
        .asText();
  }

  /** Adds a role that contains another one. */
  public void addRole(String name, String contained) {
    send("POST", "/roles", JSON.createObjectNode().put("name", name));
    send(
        "POST",
        "/roles/" + encode(name) + "/composites",
        JSON.createArrayNode().add(role(contained)));
  }

  private JsonNode role(String name) {
    return send("GET", "/roles/" + encode(name), null);
  }

  /** One call below the realm; anything but success is an error of the test. */
  public JsonNode send(String method, String path, @Nullable JsonNode body) {
    var publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    var answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(keycloak.url() + "/admin/realms/" + LocalKeycloak.REALM + path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build());
    return answer.body().isEmpty()
        ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
        : read(answer.body());
  }

  private String token() {
    var form =
        "grant_type=password&client_id=admin-cli&username=admin&password="
            + encode(keycloak.adminPassword());
    var answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(keycloak.url() + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    return read(answer.body()).path("access_token").asText();
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      var answer = CLIENT.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            request.method()
                + " "
                + request.uri()
                + ": "
                + answer.statusCode()
                + " "
                + answer.body());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
