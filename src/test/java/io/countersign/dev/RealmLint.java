package io.countersign.dev;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a realm of this product must never, or always, say. */
final class RealmLint {
  private static final Set<String> LIVING_REDIRECTS =
      Set.of("${COUNTERSIGN_PUBLIC_URL}/login/oauth2/code/keycloak", "http://127.0.0.1/callback");
  private static final Set<String> SERVICE_ROLES =
      Set.of("agent", "executor", "outcome-reporter", "ai-reviewer");
  private static final Set<String> READ_ONLY =
      Set.of("query-users", "query-groups", "view-users", "view-realm");

  static final String USER_PROFILE =
      "/components/org.keycloak.userprofile.UserProfileProvider/0/config/kc.user.profile.config/0";

  /** Rules for the realm file, which a production installation imports as it is. */
  static final Map<String, Predicate<ObjectNode>> RULES = rules();

  private RealmLint() {}

  /** The names of the rules that this realm breaks. */
  static List<String> broken(ObjectNode realm) {
    return RULES.entrySet().stream()
        .filter(rule -> !rule.getValue().test(realm))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, Predicate<ObjectNode>> rules() {
    var rules = new LinkedHashMap<String, Predicate<ObjectNode>>();
    realmRules(rules);
    clientRules(rules);
    contentRules(rules);
    return rules;
  }

  private static void realmRules(Map<String, Predicate<ObjectNode>> rules) {
    rules.put("no client scopes", realm -> !realm.has("clientScopes"));
    rules.put("password reset off", off("resetPasswordAllowed"));
    rules.put("self registration off", off("registrationAllowed"));
    rules.put("remember me off", off("rememberMe"));
    rules.put("names fixed", off("editUsernameAllowed"));
    rules.put("brute force protection on", realm -> realm.path("bruteForceProtected").asBoolean());
    rules.put(
        "TLS for others than loopback",
        realm -> Set.of("external", "all").contains(realm.path("sslRequired").asText()));
    rules.put(
        "access tokens of five minutes at most",
        realm ->
            within(realm.path("accessTokenLifespan"), 300)
                && clients(realm)
                    .noneMatch(c -> c.at("/attributes/access.token.lifespan").isTextual()));
    rules.put(
        "passwords of twelve at least",
        realm -> realm.path("passwordPolicy").asText().contains("length(12)"));
    rules.put("events kept", realm -> realm.path("eventsEnabled").asBoolean());
    rules.put("admin events kept", realm -> realm.path("adminEventsEnabled").asBoolean());
    rules.put("no foreign identity providers", realm -> realm.path("identityProviders").isEmpty());
  }

  private static void clientRules(Map<String, Predicate<ObjectNode>> rules) {
    rules.put("direct grant off", everyClient(off("directAccessGrantsEnabled")));
    rules.put("implicit flow off", everyClient(off("implicitFlowEnabled")));
    rules.put("no wildcard", everyClient(c -> addresses(c).noneMatch(a -> a.contains("*"))));
    rules.put(
        "exact redirects",
        everyClient(c -> texts(c, "redirectUris").allMatch(LIVING_REDIRECTS::contains)));
    rules.put("no cross-origin calls", everyClient(c -> c.path("webOrigins").isEmpty()));
    rules.put(
        "PKCE with S256",
        everyClient(
            c ->
                !c.path("standardFlowEnabled").asBoolean()
                    || "S256".equals(attribute(c, "pkce.code.challenge.method"))));
    rules.put(
        "device flow for the command line only",
        everyClient(
            c ->
                named(c, "countersign-cli")
                    || "false".equals(attribute(c, "oauth2.device.authorization.grant.enabled"))));
    rules.put(
        "public clients act for people only",
        everyClient(
            c ->
                !c.path("publicClient").asBoolean()
                    || off("serviceAccountsEnabled").test((ObjectNode) c)));
    rules.put(
        "no policy enforcer",
        everyClient(c -> !c.path("authorizationServicesEnabled").asBoolean()));
    for (var closed : List.of("admin-cli", "security-admin-console")) {
      rules.put(
          closed + " closed",
          realm ->
              clients(realm)
                  .anyMatch(c -> named(c, closed) && off("enabled").test((ObjectNode) c)));
    }
    rules.put(
        "audience of what calls the API",
        realm ->
            clients(realm)
                .filter(c -> c.path("enabled").asBoolean() && !named(c, "countersign-identity"))
                .allMatch(RealmLint::hasAudience));
  }

  private static void contentRules(Map<String, Predicate<ObjectNode>> rules) {
    rules.put("no secrets", realm -> realm.findValues("secret").isEmpty());
    rules.put("no passwords", realm -> realm.findValues("credentials").isEmpty());
    rules.put(
        "no people",
        realm ->
            elements(realm, "users").allMatch(u -> u.path("serviceAccountClientId").isTextual()));
    rules.put(
        "read-only service accounts",
        realm ->
            elements(realm, "users")
                .flatMap(u -> elements(u.path("clientRoles"), "realm-management"))
                .allMatch(role -> READ_ONLY.contains(role.asText())));
    rules.put("a group for each role of people", RealmLint::groupsMirrorRoles);
    rules.put("nobody vouches for themselves", RealmLint::onlyAdministratorsRate);
  }

  /** What decides who is asked is neither seen nor set by the people themselves. */
  private static boolean onlyAdministratorsRate(ObjectNode realm) {
    var attributes = elements(userProfile(realm), "attributes").toList();
    return List.of("expertise", "seniority").stream()
        .allMatch(
            name ->
                attributes.stream()
                    .filter(attribute -> attribute.path("name").asText().equals(name))
                    .map(attribute -> texts(attribute.path("permissions"), "edit").toList())
                    .toList()
                    .equals(List.of(List.of("admin"))));
  }

  private static JsonNode userProfile(ObjectNode realm) {
    var config = realm.at(USER_PROFILE).asText("{}");
    try {
      return new ObjectMapper().readTree(config);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the user profile is no JSON", e);
    }
  }

  private static boolean groupsMirrorRoles(ObjectNode realm) {
    var roles =
        elements(realm.path("roles"), "realm")
            .map(role -> role.path("name").asText())
            .filter(role -> !SERVICE_ROLES.contains(role))
            .toList();
    var groups = elements(realm, "groups").map(group -> group.path("name").asText()).toList();
    return roles.equals(groups)
        && elements(realm, "groups")
            .allMatch(
                g -> texts(g, "realmRoles").toList().equals(List.of(g.path("name").asText())));
  }

  private static boolean hasAudience(JsonNode client) {
    return elements(client, "protocolMappers")
        .anyMatch(
            mapper ->
                "countersign-api".equals(mapper.at("/config/included.custom.audience").asText()));
  }

  private static boolean within(JsonNode seconds, int most) {
    return seconds.asInt() > 0 && seconds.asInt() <= most;
  }

  /** Said explicitly: what is left out is decided by Keycloak's defaults of the day. */
  private static Predicate<ObjectNode> off(String field) {
    return node -> node.path(field).isBoolean() && !node.path(field).asBoolean();
  }

  private static Predicate<ObjectNode> everyClient(Predicate<ObjectNode> rule) {
    return realm -> clients(realm).allMatch(client -> rule.test((ObjectNode) client));
  }

  private static Stream<String> addresses(JsonNode client) {
    var all = new ArrayList<>(texts(client, "redirectUris").toList());
    all.addAll(texts(client, "webOrigins").toList());
    all.add(attribute(client, "post.logout.redirect.uris"));
    return all.stream();
  }

  private static boolean named(JsonNode client, String name) {
    return client.path("clientId").asText().equals(name);
  }

  private static String attribute(JsonNode client, String name) {
    return client.path("attributes").path(name).asText();
  }

  static Stream<JsonNode> clients(JsonNode realm) {
    return elements(realm, "clients");
  }

  private static Stream<String> texts(JsonNode node, String field) {
    return elements(node, field).map(JsonNode::asText);
  }

  static Stream<JsonNode> elements(JsonNode node, String field) {
    return StreamSupport.stream(node.path(field).spliterator(), false);
  }
}
