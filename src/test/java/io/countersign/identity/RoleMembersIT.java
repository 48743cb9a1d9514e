package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.countersign.delivery.MovableClock;
import io.countersign.dev.LocalKeycloak;
import io.countersign.shared.Role;
import io.countersign.testing.RealmAdmin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Asks a Keycloak of its own, because it changes people, and stops it at the end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoleMembersIT {

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  private static final MovableClock clock = new MovableClock();
  private static LocalKeycloak keycloak;
  private static RealmAdmin admin;
  private static RoleMembers members;
  private static People people;

  @BeforeAll
  static void start() {
    keycloak = LocalKeycloak.temporary();
    admin = new RealmAdmin(keycloak);
    clock.set(START);
    members = new RoleMembers(client("countersign-identity"), clock);
    people = new People(client("countersign-identity"), clock);
  }

  @AfterAll
  static void stop() {
    keycloak.close();
  }

  @BeforeEach
  void forget() {
    clock.set(clock.instant().plus(Duration.ofMinutes(2)));
  }

  private static KeycloakAdmin client(String secret) {
    return new KeycloakAdmin(
        new IdentitySettings(URI.create(keycloak.url()), LocalKeycloak.REALM, secret));
  }

  private static List<String> names(Role role) {
    return members.holding(role).people().stream().map(Member::username).sorted().toList();
  }

  @Test
  void findsWhoHoldsARoleThroughItsGroup() {
    assertThat(names(Role.REVIEWER)).contains("raj", "rita").doesNotContain("sam");
    assertThat(members.holding(Role.REVIEWER).people())
        .filteredOn(one -> one.username().equals("rita"))
        .singleElement()
        .isEqualTo(new Member(admin.subject("rita"), "rita", Set.of(), 0));
  }

  @Test
  void findsWhoHoldsARoleDirectlyBelowAGroupOrThroughAnotherRole() {
    admin.grant(admin.addPerson("direct", Map.of()), "finance-approver");
    String below = admin.addGroup(admin.group("finance-approver"), "treasury");
    admin.join(admin.addPerson("nested", Map.of()), admin.addGroup(below, "desk"));
    admin.addRole("head of finance", "finance-approver");
    admin.addRole("board", "head of finance");
    admin.grant(admin.addPerson("composed", Map.of()), "board");

    assertThat(names(Role.FINANCE_APPROVER))
        .containsExactly("composed", "direct", "fiona", "nested");
    assertThat(members.decidingRoles(admin.subject("composed")))
        .containsExactly(Role.FINANCE_APPROVER);
  }

  @Test
  void leavesOutWhoIsDisabledAndServiceAccounts() {
    String gone = admin.addPerson("gone", Map.of());
    admin.grant(gone, "legal-approver");
    admin.grant(admin.subject("service-account-billing-agent"), "legal-approver");
    assertThat(names(Role.LEGAL_APPROVER)).containsExactly("gone", "leo");

    admin.change(gone, "enabled", false);
    forget();

    assertThat(names(Role.LEGAL_APPROVER)).containsExactly("leo");
    admin.revoke(admin.subject("service-account-billing-agent"), "legal-approver");
  }

  @Test
  void readsExpertiseAndSeniorityAsAnAdministratorSetThem() {
    var attributes = Map.of("expertise", List.of("payments", "fraud"), "seniority", List.of("4"));
    admin.grant(admin.addPerson("expert", attributes), "policy-owner");

    assertThat(members.holding(Role.POLICY_OWNER).people())
        .filteredOn(one -> one.username().equals("expert"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.expertise()).containsExactlyInAnyOrder("payments", "fraud");
              assertThat(one.seniority()).isEqualTo(4);
            });
    assertThatThrownBy(() -> admin.addPerson("boss", Map.of("seniority", List.of("100"))))
        .hasMessageContaining("seniority");
  }

  @Test
  void asksOnceAMinute() {
    assertThat(names(Role.SENIOR_REVIEWER)).containsExactly("sam");
    Instant asked = clock.instant();
    String late = admin.addPerson("late", Map.of());
    admin.grant(late, "senior-reviewer");

    clock.set(asked.plusSeconds(59));
    assertThat(names(Role.SENIOR_REVIEWER)).containsExactly("sam");
    clock.set(asked.plusSeconds(60));
    assertThat(names(Role.SENIOR_REVIEWER)).containsExactly("late", "sam");
    admin.remove(late);
  }

  @Test
  void readsEveryPageOfALongList() {
    var many = JsonNodeFactory.instance.objectNode();
    var users = many.put("ifResourceExists", "SKIP").putArray("users");
    for (int i = 0; i < 450; i++) {
      users
          .addObject()
          .put("username", "crowd-%03d".formatted(i))
          .put("enabled", true)
          .putArray("groups")
          .add("/reviewer");
    }
    admin.send("POST", "/partialImport", many);

    assertThat(names(Role.REVIEWER)).hasSize(452);
  }

  @Test
  void findsASubjectByNameInAnyCaseAndTheNewOneAfterARename() {
    String mona = admin.subject("mona");
    assertThat(people.subjectOf("Mona")).hasValue(mona);
    assertThat(people.subjectOf("mon")).isEmpty();
    assertThat(people.subjectOf("m*")).isEmpty();
    assertThat(people.subjectOf("a&b=c#{d}/../%2e")).isEmpty();

    admin.rename(mona, "monique");
    forget();

    assertThat(people.subjectOf("monique")).hasValue(mona);
    assertThat(people.subjectOf("mona")).isEmpty();
    admin.rename(mona, "mona");
  }

  @Test
  void knowsNothingAndDoesNotFailWithoutTheRightToAsk() {
    Members unknown = new RoleMembers(client("wrong"), clock).holding(Role.REVIEWER);

    assertThat(unknown.isKnown()).isFalse();
    assertThat(unknown.people()).isEmpty();
  }

  /** Keycloak stays down. */
  @Test
  @Order(Integer.MAX_VALUE)
  void goesOnWithTheLastListAndItsAgeWhileKeycloakIsDown() {
    Members before = members.holding(Role.LEGAL_APPROVER);
    keycloak.close();
    clock.set(clock.instant().plus(Duration.ofHours(1)));

    assertThat(members.holding(Role.LEGAL_APPROVER)).isEqualTo(before);
    assertThat(before.asOf()).hasValue(clock.instant().minus(Duration.ofHours(1)));
    assertThat(new RoleMembers(client("countersign-identity"), clock).holding(Role.REVIEWER))
        .isEqualTo(new Members(List.of(), Optional.empty()));
    assertThat(people.subjectOf("nobody-asked-before")).isEmpty();
  }
}
