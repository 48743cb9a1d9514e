package io.countersign.review;

import static io.countersign.engine.CompletionRefused.Kind.CONFLICT;
import static io.countersign.engine.CompletionRefused.Kind.INVALID;

import io.countersign.engine.CompletionRefused;
import io.countersign.identity.Absence;
import io.countersign.identity.Absences;
import io.countersign.identity.Member;
import io.countersign.identity.Members;
import io.countersign.identity.RoleMembers;
import io.countersign.request.Stage;
import io.countersign.request.StageLoads;
import io.countersign.review.Assignment.Choice;
import io.countersign.review.Assignment.Question;
import io.countersign.shared.AssignmentMode;
import io.countersign.shared.AssignmentPlan;
import io.countersign.shared.Reason;
import io.countersign.shared.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Says whom to ask about a stage, from who holds which role and who is away. Changes nothing. */
@Component
class Assignments {

  private final RoleMembers roleMembers;
  private final Absences absences;
  private final StageLoads loads;

  Assignments(RoleMembers roleMembers, Absences absences, StageLoads loads) {
    this.roleMembers = roleMembers;
    this.absences = absences;
    this.loads = loads;
  }

  /**
   * Whom to ask.
   *
   * @param person who gets the stage; nobody if it stays with the role
   * @param further roles to ask at once, because nobody of those before is available
   * @param nobody whether not one of all the people who could decide is available
   * @param reasons the rules that led there; none if Keycloak never said who holds a role
   */
  record Offer(Optional<Member> person, List<Role> further, boolean nobody, List<Reason> reasons) {}

  /** Whom to ask about an open stage now. */
  Offer forStage(Stage stage) {
    List<Role> left =
        stage.escalationPath().subList(stage.escalations(), stage.escalationPath().size());
    Map<String, Absence> away = absences.now();
    List<Reason> reasons = new ArrayList<>();
    for (int further = 0; ; further++) {
      List<Role> asked = left.subList(0, further);
      Optional<List<Member>> members = members(stage, asked);
      if (members.isEmpty()) {
        return new Offer(Optional.empty(), asked, false, reasons);
      }
      Choice choice = choice(question(stage, members.get(), away));
      reasons.addAll(choice.reasons());
      if (!choice.isNobody() || further == left.size()) {
        return new Offer(choice.person(), asked, choice.isNobody(), reasons);
      }
    }
  }

  /**
   * Somebody who may decide a stage.
   *
   * @param role in which they may
   */
  record Place(Member person, Role role) {}

  /**
   * Everybody who may decide the stage and is there, whether somebody holds it or not. Nothing if
   * Keycloak never said who holds one of the roles.
   */
  Optional<List<Place>> available(Stage stage) {
    Map<String, Role> roles = new HashMap<>();
    for (Role role : Stream.concat(stage.roles().stream(), stage.escalatedTo().stream()).toList()) {
      roleMembers.holding(role).people().forEach(one -> roles.putIfAbsent(one.subject(), role));
    }
    return members(stage, List.of())
        .map(
            members ->
                Assignment.available(question(stage, members, absences.now())).stream()
                    .filter(person -> roles.containsKey(person.subject()))
                    .map(
                        person ->
                            new Place(person, Objects.requireNonNull(roles.get(person.subject()))))
                    .toList());
  }

  /** Who stands in for somebody in this stage, if they named somebody who may and is there. */
  Optional<Member> backupOf(Absence absence, Stage stage) {
    return members(stage, List.of())
        .flatMap(
            members ->
                Assignment.backupOf(absence.subject(), question(stage, members, absences.now())));
  }

  /**
   * The person of that user name who may decide this stage and is there.
   *
   * @throws CompletionRefused if there is none
   */
  Member recipient(String username, Stage stage) {
    List<Member> members =
        members(stage, List.of())
            .orElseThrow(
                () ->
                    new CompletionRefused(
                        CONFLICT,
                        "to",
                        "Nobody can say now who holds the role: give the review back instead."));
    return Assignment.available(question(stage, members, absences.now())).stream()
        .filter(member -> member.username().equalsIgnoreCase(username))
        .findFirst()
        .orElseThrow(
            () ->
                new CompletionRefused(
                    INVALID,
                    "to",
                    "expected the user name of somebody who may decide this"
                        + " review and is not away"));
  }

  /** The absence of who is called that, if they are away now. */
  Optional<Absence> absenceOf(String username) {
    return absences.now().values().stream()
        .filter(absence -> absence.username().equals(username))
        .findFirst();
  }

  private static Choice choice(Question question) {
    boolean chooses = question.plan().mode() == AssignmentMode.LEAST_LOADED;
    return chooses || Assignment.available(question).isEmpty()
        ? Assignment.choose(question)
        : new Choice(Optional.empty(), List.of());
  }

  /** Nothing if Keycloak never said who holds one of the roles. */
  private Optional<List<Member>> members(Stage stage, List<Role> further) {
    List<Role> roles =
        Stream.of(stage.roles(), stage.escalatedTo(), further).flatMap(List::stream).toList();
    Map<String, Member> found = new LinkedHashMap<>();
    for (Role role : roles) {
      Members members = roleMembers.holding(role);
      if (!members.isKnown()) {
        return Optional.empty();
      }
      members.people().forEach(member -> found.put(member.subject(), member));
    }
    return Optional.of(List.copyOf(found.values()));
  }

  private Question question(Stage stage, List<Member> members, Map<String, Absence> away) {
    AssignmentPlan plan = stage.request().plan().assignment();
    boolean counts = plan.mode() == AssignmentMode.LEAST_LOADED;
    return new Question(
        stage.id().toString(),
        members,
        away,
        Requesters.of(stage.request()),
        otherSeats(stage),
        plan,
        counts ? loads.of(members.stream().map(Member::username).toList()) : Map.of());
  }

  /** A quorum is one of different people. */
  private static Set<String> otherSeats(Stage stage) {
    return stage.request().stages().stream()
        .filter(seat -> seat.part().equals(stage.part()) && !seat.equals(stage))
        .flatMap(seat -> sitting(seat))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> sitting(Stage seat) {
    Stream<String> holder = seat.assignee().stream();
    Stream<String> voters =
        seat.votes().stream()
            .filter(vote -> vote.digest().equals(seat.request().currentDigest()))
            .map(vote -> vote.person());
    return Stream.concat(seat.status().isRunning() ? holder : Stream.of(), voters);
  }
}
