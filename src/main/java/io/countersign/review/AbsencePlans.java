package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.identity.Absence;
import io.countersign.identity.Absences;
import io.countersign.identity.Caller;
import io.countersign.identity.Member;
import io.countersign.identity.Members;
import io.countersign.identity.RoleMembers;
import io.countersign.shared.Role;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people say about being away, and what it means for the reviews they hold. */
@Service
public class AbsencePlans {

  /** The longest absence. */
  public static final Duration LONGEST = Duration.ofDays(366);

  private final Absences absences;
  private final RoleMembers members;
  private final StageHolders holders;
  private final AuditTrail audit;
  private final Clock clock;

  AbsencePlans(
      Absences absences, RoleMembers members, StageHolders holders, AuditTrail audit, Clock clock) {
    this.absences = absences;
    this.members = members;
    this.holders = holders;
    this.audit = audit;
    this.clock = clock;
  }

  /** What the person said, if it is not over. */
  @Transactional(readOnly = true)
  public Optional<Absence> find(Caller person) {
    return absences.find(person.subject());
  }

  /**
   * Replaces what the person said before. If they are away already, what they hold goes to others.
   *
   * @throws Problem naming the field that cannot be taken like this
   */
  @Transactional
  public Absence put(Caller person, Instant from, Instant to, Optional<String> backup) {
    Absence absence =
        new Absence(
            person.subject(),
            person.name(),
            from,
            requireEnd(from, to),
            backup.map(name -> requireBackup(person, name)));
    Instant now = clock.instant();
    if (absences.find(person.subject()).equals(Optional.of(absence))) {
      return absence;
    }
    absences.put(absence);
    record("absence.noted", person, facts(absence));
    if (absence.covers(now)) {
      holders.leave(absence);
    }
    return absence;
  }

  /** The person is here again; what others have meanwhile stays with them. */
  @Transactional
  public void remove(Caller person) {
    if (absences.remove(person.subject())) {
      record("absence.ended", person, Map.of());
    }
  }

  private Instant requireEnd(Instant from, Instant to) {
    if (!to.isAfter(from)) {
      throw new Problem(ProblemType.INVALID_BODY, "/to", "expected a time after \"from\"");
    }
    if (!to.isAfter(clock.instant())) {
      throw new Problem(ProblemType.INVALID_BODY, "/to", "expected a time in the future");
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new Problem(
          ProblemType.INVALID_BODY, "/to", "expected a time at most a year after \"from\"");
    }
    return to;
  }

  private Absence.Backup requireBackup(Caller person, String name) {
    if (name.equalsIgnoreCase(person.name())) {
      throw notABackup();
    }
    return person.roles().stream()
        .filter(Role::decides)
        .flatMap(role -> known(role).people().stream())
        .filter(member -> member.username().equalsIgnoreCase(name))
        .filter(member -> !member.subject().equals(person.subject()))
        .findFirst()
        .map(AbsencePlans::backup)
        .orElseThrow(AbsencePlans::notABackup);
  }

  private Members known(Role role) {
    Members holding = members.holding(role);
    if (!holding.isKnown()) {
      throw new Problem(
          ProblemType.UNAVAILABLE, "the identity provider does not answer; try again soon");
    }
    return holding;
  }

  private static Absence.Backup backup(Member member) {
    return new Absence.Backup(member.subject(), member.username());
  }

  private static Problem notABackup() {
    return new Problem(
        ProblemType.INVALID_BODY,
        "/backup",
        "expected the user name of somebody else who shares a deciding role with you");
  }

  private static Map<String, Object> facts(Absence absence) {
    return Map.of(
        "from", absence.from().toString(),
        "to", absence.to().toString(),
        "backup", absence.backup().map(Absence.Backup::subject).orElse(""));
  }

  private void record(String type, Caller person, Map<String, Object> facts) {
    audit.append(new AuditEvent(type, Optional.empty(), "person:" + person.subject(), facts));
  }
}
