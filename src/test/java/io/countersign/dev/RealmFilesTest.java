package io.countersign.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RealmFilesTest {
  private static final String ADMIN_EDITS = "\"edit\":[\"admin\"]";
  private static final Map<String, Consumer<ObjectNode>> MUTATIONS = mutations();

  @Test
  void breaksNoRule() {
    assertThat(RealmLint.broken(realm())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void noticesARealmThatBreaks(String rule) {
    var realm = realm();
    Objects.requireNonNull(MUTATIONS.get(rule)).accept(realm);

    assertThat(RealmLint.broken(realm)).contains(rule);
  }

  @Test
  void hasAMutationForEachRule() {
    assertThat(MUTATIONS.keySet()).isEqualTo(RealmLint.RULES.keySet());
  }

  @Test
  void staysWithinTheRulesUnderTheDemoApartFromPeopleAndSecrets() throws Exception {
    var merged = (ObjectNode) json(RealmDocument.demo("${COUNTERSIGN_PUBLIC_URL}").json());

    assertThat(RealmLint.broken(merged))
        .containsExactlyInAnyOrder(
            "passwords of twelve at least", "no secrets", "no passwords", "no people");
  }

  @Test
  void namesRolesGroupsAndClientsOfTheContract() {
    assertThat(names(realm().path("roles").path("realm"), "name"))
        .containsExactlyInAnyOrder(
            "reviewer",
            "senior-reviewer",
            "finance-approver",
            "legal-approver",
            "policy-owner",
            "manager",
            "auditor",
            "process-designer",
            "operator",
            "agent",
            "executor",
            "outcome-reporter",
            "ai-reviewer");
    assertThat(names(RealmDocument.read(RealmDocument.DEMO).path("clients"), "clientId"))
        .containsExactlyInAnyOrder(
            "countersign-web",
            "countersign-identity",
            "billing-agent",
            "publishing-agent",
            "procurement-agent",
            "action-executor",
            "content-checker");
  }

  @Test
  void givesEachDemoAgentAnOwnerAmongTheDemoPeople() {
    var demo = RealmDocument.read(RealmDocument.DEMO);
    var people = names(demo.path("users"), "username");

    var agents =
        RealmLint.clients(demo)
            .filter(c -> c.path("clientId").asText().endsWith("-agent"))
            .toList();
    assertThat(agents).hasSize(3);
    for (var agent : agents) {
      assertThat(RealmLint.elements(agent, "protocolMappers"))
          .filteredOn(mapper -> mapper.path("name").asText().equals("owner"))
          .singleElement()
          .satisfies(m -> assertThat(people).contains(m.at("/config/claim.value").asText()));
    }
  }

  @Test
  void laysTheDemoSecretsOnTheClientsOfTheRealm() throws Exception {
    var merged = json(RealmDocument.demo("http://127.0.0.1:9").json());

    var web =
        RealmLint.clients(merged)
            .filter(c -> c.path("clientId").asText().equals("countersign-web"))
            .toList();
    assertThat(web).hasSize(1);
    assertThat(web.get(0).path("secret").asText()).isEqualTo("countersign-web");
    assertThat(web.get(0).path("redirectUris").get(0).asText())
        .isEqualTo("http://127.0.0.1:9/login/oauth2/code/keycloak");
    assertThat(merged.toString()).doesNotContain("${");
  }

  @Test
  void importsAnewWhenContentOrAddressChanges() {
    assertThat(RealmDocument.demo("http://127.0.0.1:8080").digest())
        .isEqualTo(RealmDocument.demo("http://127.0.0.1:8080").digest())
        .isNotEqualTo(RealmDocument.demo("http://127.0.0.1:8081").digest());
  }

  static Set<String> rules() {
    return RealmLint.RULES.keySet();
  }

  private static Map<String, Consumer<ObjectNode>> mutations() {
    var all = new LinkedHashMap<String, Consumer<ObjectNode>>();
    realmMutations(all);
    clientMutations(all);
    contentMutations(all);
    return all;
  }

  private static void realmMutations(Map<String, Consumer<ObjectNode>> all) {
    all.put("no client scopes", realm -> realm.putArray("clientScopes"));
    all.put("password reset off", realm -> realm.put("resetPasswordAllowed", true));
    all.put("self registration off", realm -> realm.remove("registrationAllowed"));
    all.put("remember me off", realm -> realm.put("rememberMe", true));
    all.put("names fixed", realm -> realm.put("editUsernameAllowed", true));
    all.put("brute force protection on", realm -> realm.remove("bruteForceProtected"));
    all.put("TLS for others than loopback", realm -> realm.put("sslRequired", "none"));
    all.put(
        "access tokens of five minutes at most",
        realm -> attributes(realm, "countersign-web").put("access.token.lifespan", "3600"));
    all.put("passwords of twelve at least", realm -> realm.put("passwordPolicy", "length(8)"));
    all.put("events kept", realm -> realm.put("eventsEnabled", false));
    all.put("admin events kept", realm -> realm.put("adminEventsEnabled", false));
    all.put(
        "no foreign identity providers",
        realm -> realm.putArray("identityProviders").addObject().put("alias", "other"));
  }

  private static void clientMutations(Map<String, Consumer<ObjectNode>> all) {
    all.put(
        "direct grant off",
        realm -> client(realm, "countersign-cli").remove("directAccessGrantsEnabled"));
    all.put(
        "implicit flow off",
        realm -> client(realm, "countersign-web").put("implicitFlowEnabled", true));
    all.put(
        "no wildcard",
        realm ->
            attributes(realm, "countersign-web")
                .put("post.logout.redirect.uris", "http://127.0.0.1:8080/*"));
    all.put(
        "exact redirects",
        realm -> list(realm, "countersign-cli", "redirectUris").add("http://127.0.0.1/other"));
    all.put(
        "no cross-origin calls", realm -> list(realm, "countersign-web", "webOrigins").add("+"));
    all.put(
        "PKCE with S256",
        realm -> attributes(realm, "countersign-cli").put("pkce.code.challenge.method", "plain"));
    all.put(
        "device flow for the command line only",
        realm ->
            attributes(realm, "countersign-web")
                .remove("oauth2.device.authorization.grant.enabled"));
    all.put(
        "public clients act for people only",
        realm -> client(realm, "countersign-cli").put("serviceAccountsEnabled", true));
    all.put(
        "no policy enforcer",
        realm -> client(realm, "countersign-web").put("authorizationServicesEnabled", true));
    all.put("admin-cli closed", realm -> client(realm, "admin-cli").put("enabled", true));
    all.put(
        "security-admin-console closed",
        realm -> client(realm, "security-admin-console").put("clientId", "x"));
    all.put(
        "audience of what calls the API",
        realm -> client(realm, "countersign-cli").putArray("protocolMappers"));
  }

  private static void contentMutations(Map<String, Consumer<ObjectNode>> all) {
    all.put(
        "nobody vouches for themselves",
        realm -> {
          var config = (ArrayNode) realm.at(RealmLint.USER_PROFILE.replaceAll("/0$", ""));
          var everybody = "\"edit\":[\"admin\",\"user\"]";
          config.set(0, TextNode.valueOf(config.get(0).asText().replace(ADMIN_EDITS, everybody)));
        });
    all.put("no secrets", realm -> client(realm, "countersign-web").put("secret", "s"));
    all.put(
        "no passwords",
        realm -> ((ObjectNode) realm.path("users").get(0)).putArray("credentials").addObject());
    all.put("no people", realm -> realm.withArray("users").addObject().put("username", "eve"));
    all.put(
        "read-only service accounts",
        realm ->
            ((ArrayNode) realm.path("users").get(0).at("/clientRoles/realm-management"))
                .add("manage-users"));
    all.put(
        "a group for each role of people",
        realm -> ((ArrayNode) realm.path("groups").get(0).path("realmRoles")).add("operator"));
  }

  private static ObjectNode realm() {
    return RealmDocument.read(RealmDocument.REALM);
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  private static ObjectNode client(ObjectNode realm, String name) {
    return (ObjectNode)
        RealmLint.clients(realm)
            .filter(client -> client.path("clientId").asText().equals(name))
            .findFirst()
            .orElseThrow();
  }

  private static ObjectNode attributes(ObjectNode realm, String client) {
    return (ObjectNode) client(realm, client).path("attributes");
  }

  private static ArrayNode list(ObjectNode realm, String client, String field) {
    return (ArrayNode) client(realm, client).path(field);
  }

  private static List<String> names(JsonNode list, String field) {
    return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
        .map(i -> list.get(i).path(field).asText())
        .toList();
  }
}
