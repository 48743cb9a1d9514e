package io.countersign.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalKeycloakIT {
  private static final String WEB_REDIRECT = "http://127.0.0.1:8080/login/oauth2/code/keycloak";
  private static LocalKeycloak keycloak;

  @BeforeAll
  static void start() {
    keycloak = LocalKeycloak.shared();
  }

  @ParameterizedTest
  @CsvSource({
    "billing-agent, agent, mona",
    "publishing-agent, agent, mona",
    "procurement-agent, agent, mona",
    "action-executor, executor, ",
    "content-checker, ai-reviewer, ",
  })
  void givesClientsTheirAudienceRoleAndOwner(String client, String role, String owner)
      throws Exception {
    var claims = CodeFlow.claims(keycloak.clientToken(client, client));

    assertThat(texts(claims.get("aud"))).containsExactly("countersign-api");
    assertThat(claims.path("azp").asText()).isEqualTo(client);
    assertThat(claims.path("iss").asText()).isEqualTo(keycloak.issuer());
    assertThat(roles(claims)).containsExactly(role);
    assertThat(claims.path("owner").asText(null)).isEqualTo(owner);
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
    assertThat(claims.path("sub").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rita, reviewer",
    "raj, reviewer",
    "sam, senior-reviewer",
    "fiona, finance-approver",
    "leo, legal-approver",
    "petra, policy-owner",
    "mona, manager",
    "axel, auditor",
    "dora, process-designer",
    "otto, operator",
  })
  void signsPeopleInWithTheirRoleInBothTokens(String person, String role) throws Exception {
    var tokens = web(WEB_REDIRECT).signIn(person, person);

    var access = CodeFlow.claims(tokens.path("access_token").asText());
    var id = CodeFlow.claims(tokens.path("id_token").asText());
    assertThat(roles(access)).containsExactly(role);
    assertThat(roles(id)).containsExactly(role);
    assertThat(texts(access.get("aud"))).containsExactly("countersign-api");
    assertThat(texts(id.get("aud"))).containsExactly("countersign-web");
    assertThat(access.path("preferred_username").asText()).isEqualTo(person);
    assertThat(id.path("email").asText()).isEqualTo(person + "@countersign.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/login/oauth2/code/other",
        "http://127.0.0.1:8081/login/oauth2/code/keycloak",
        "http://127.0.0.1:8080/login/oauth2/code/keycloak/../../../evil",
        "http://evil.example/login/oauth2/code/keycloak",
        "http://localhost:8080/login/oauth2/code/keycloak",
      })
  void refusesAnyOtherRedirect(String redirect) throws Exception {
    assertThat(web(redirect).open(true).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesTheCodeFlowWithoutAChallenge() throws Exception {
    var web = web(WEB_REDIRECT).open(false);
    var cli = cli("http://127.0.0.1:40000/callback").open(false);

    assertThat(web.headers().firstValue("Location").orElse("")).contains("error=invalid_request");
    assertThat(cli.headers().firstValue("Location").orElse("")).contains("error=invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {":1024", ":40000", ":65535", ""})
  void signsTheCommandLineInOnAnyLoopbackPort(String port) throws Exception {
    var tokens = cli("http://127.0.0.1" + port + "/callback").signIn("rita", "rita");

    var access = CodeFlow.claims(tokens.path("access_token").asText());
    assertThat(roles(access)).containsExactly("reviewer");
    assertThat(access.path("azp").asText()).isEqualTo("countersign-cli");
    assertThat(texts(access.get("aud"))).containsExactly("countersign-api");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:40000/other",
        "http://127.0.0.2:40000/callback",
        "http://localhost:40000/callback",
        "https://127.0.0.1:40000/callback"
      })
  void refusesTheCommandLineAnyOtherAddress(String redirect) throws Exception {
    assertThat(cli(redirect).open(true).statusCode()).isEqualTo(400);
  }

  @Test
  void offersTheDeviceFlowToTheCommandLineOnly() throws Exception {
    var started = post("/protocol/openid-connect/auth/device", deviceRequest("countersign-cli"));
    var refused =
        post(
            "/protocol/openid-connect/auth/device",
            Map.of("client_id", "countersign-web", "client_secret", "countersign-web"));

    assertThat(started.path("user_code").asText()).isNotEmpty();
    assertThat(refused.path("error").asText()).isEqualTo("unauthorized_client");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "countersign-web",
        "countersign-cli",
        "countersign-identity",
        "billing-agent",
        "action-executor",
        "admin-cli",
        "security-admin-console",
        "account",
        "account-console"
      })
  void refusesThePasswordOfAPersonAtTheTokenEndpoint(String client) throws Exception {
    var answer =
        post(
            "/protocol/openid-connect/token",
            Map.of(
                "grant_type",
                "password",
                "client_id",
                client,
                "client_secret",
                client,
                "username",
                "rita",
                "password",
                "rita"));

    assertThat(answer.has("access_token")).isFalse();
    assertThat(answer.path("error").asText())
        .isIn("unauthorized_client", "invalid_client", "unauthorized");
  }

  @Test
  void letsTheIdentityClientReadPeopleGroupsAndRoles() throws Exception {
    var token = keycloak.clientToken("countersign-identity", "countersign-identity");
    var admin = keycloak.url() + "/admin/realms/countersign";

    assertThat(get(admin + "/users?max=100", token)).hasSize(10);
    var groups = get(admin + "/groups", token);
    assertThat(groups).hasSize(9);
    assertThat(get(admin + "/groups/" + groups.get(0).path("id").asText() + "/members", token))
        .isNotEmpty();
    assertThat(get(admin + "/roles/reviewer", token).path("name").asText()).isEqualTo("reviewer");
    assertThatThrownBy(() -> get(admin + "/clients/none/client-secret", token))
        .hasMessageContaining("403");
  }

  @Test
  void movesThePagesToAnotherAddress() throws Exception {
    try (var other = LocalKeycloak.temporary()) {
      other.allowPublicUrl("http://127.0.0.1:9090");
      var redirect = "http://127.0.0.1:9090/login/oauth2/code/keycloak";

      var tokens =
          new CodeFlow(other, "countersign-web", "countersign-web", redirect).signIn("sam", "sam");

      assertThat(roles(CodeFlow.claims(tokens.path("id_token").asText())))
          .containsExactly("senior-reviewer");
    }
  }

  private static CodeFlow web(String redirect) {
    return new CodeFlow(keycloak, "countersign-web", "countersign-web", redirect);
  }

  private static CodeFlow cli(String redirect) {
    return new CodeFlow(keycloak, "countersign-cli", null, redirect);
  }

  private static Map<String, String> deviceRequest(String client) throws Exception {
    return Map.of(
        "client_id", client,
        "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method", "S256");
  }

  private static JsonNode post(String path, Map<String, String> form) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(keycloak.issuer() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(KeycloakCalls.encode(form))));
  }

  private static JsonNode get(String address, String token) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token));
  }

  private static JsonNode send(HttpRequest.Builder request) throws Exception {
    var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() == 403) {
      throw new IllegalStateException("403 " + response.body());
    }
    return new ObjectMapper().readTree(response.body());
  }

  private static List<String> roles(JsonNode claims) {
    return texts(claims.path("realm_access").path("roles"));
  }

  private static List<String> texts(JsonNode value) {
    if (value.isTextual()) {
      return List.of(value.asText());
    }
    var texts = new ArrayList<String>();
    value.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
