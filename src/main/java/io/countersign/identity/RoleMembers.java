package io.countersign.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.Role;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/**
 * Who holds a role now: directly, through a group or one above it, or through a realm role that
 * contains it. Says nothing about rights: whoever decides shows a token with the role.
 */
@Component
public class RoleMembers {

  private final Remembered<Role, List<Member>> members;
  private final KeycloakAdmin keycloak;

  RoleMembers(KeycloakAdmin keycloak, Clock clock) {
    this.keycloak = keycloak;
    this.members = new Remembered<>(Role.values().length, clock, this::read);
  }

  /** The people with that role; who is disabled, and no person, is left out. */
  public Members holding(Role role) {
    return members
        .get(role)
        .map(answer -> new Members(answer.value(), Optional.of(answer.asOf())))
        .orElseGet(() -> new Members(List.of(), Optional.empty()));
  }

  /** The roles in which somebody may be asked for a decision. */
  public Set<Role> decidingRoles(String subject) {
    return Arrays.stream(Role.values())
        .filter(Role::decides)
        .filter(
            role -> holding(role).people().stream().anyMatch(one -> one.subject().equals(subject)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<Member> read(Role role) {
    KeycloakAdmin.Reading reading = keycloak.reading();
    Map<String, Member> found = new TreeMap<>();
    Set<String> groupsSeen = new LinkedHashSet<>();
    for (String name : granting(reading, role.realmName())) {
      add(found, reading.all("/roles/{role}/users?briefRepresentation=false", name));
      for (JsonNode group : reading.all("/roles/{role}/groups", name)) {
        addGroup(reading, group.path("id").asText(), groupsSeen, found);
      }
    }
    return List.copyOf(found.values());
  }

  /** The role and every realm role that contains it, however deep. */
  private static Set<String> granting(KeycloakAdmin.Reading reading, String role) {
    Map<String, Set<String>> contained = new LinkedHashMap<>();
    for (JsonNode composite : reading.all("/roles")) {
      if (composite.path("composite").asBoolean()) {
        JsonNode parts =
            reading.get("/roles-by-id/{id}/composites/realm", composite.path("id").asText());
        contained.put(composite.path("name").asText(), names(parts));
      }
    }
    Set<String> granting = new LinkedHashSet<>(Set.of(role));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Map.Entry<String, Set<String>> composite : contained.entrySet()) {
        if (composite.getValue().stream().anyMatch(granting::contains)) {
          grows |= granting.add(composite.getKey());
        }
      }
    }
    return granting;
  }

  private static Set<String> names(JsonNode roles) {
    return StreamSupport.stream(roles.spliterator(), false)
        .map(role -> role.path("name").asText())
        .collect(Collectors.toSet());
  }

  /** Groups below inherit the roles of the one above. */
  private static void addGroup(
      KeycloakAdmin.Reading reading, String id, Set<String> seen, Map<String, Member> found) {
    if (!seen.add(id)) {
      return;
    }
    add(found, reading.all("/groups/{id}/members?briefRepresentation=false", id));
    for (JsonNode child : reading.all("/groups/{id}/children", id)) {
      addGroup(reading, child.path("id").asText(), seen, found);
    }
  }

  private static void add(Map<String, Member> found, List<JsonNode> users) {
    for (JsonNode user : users) {
      if (user.path("enabled").asBoolean() && !AccessTokens.isServiceAccount(username(user))) {
        Member member = member(user);
        found.put(member.subject(), member);
      }
    }
  }

  private static String username(JsonNode user) {
    return user.path("username").asText();
  }

  private static Member member(JsonNode user) {
    return new Member(
        user.path("id").asText(),
        username(user),
        StreamSupport.stream(user.at("/attributes/expertise").spliterator(), false)
            .map(value -> value.asText().strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        seniority(user.at("/attributes/seniority/0").asText()));
  }

  /** An administrator's slip makes nobody senior, and stops nothing. */
  private static int seniority(String text) {
    return text.matches("[1-9]") ? Integer.parseInt(text) : 0;
  }
}
