package io.countersign.review;

import static java.util.Comparator.comparing;

import io.countersign.identity.Absence;
import io.countersign.identity.Member;
import io.countersign.shared.AssignmentPlan;
import io.countersign.shared.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the person to ask among those who hold the role. The same question has the same answer; no
 * reason names anybody.
 */
final class Assignment {

  /** How often an absent backup's own backup is asked for. */
  static final int MOST_STEPS = 3;

  static final String NOBODY = "nobody_available";

  static final Reason BACKUP = new Reason("backup_of_absent", "Stands in for somebody who is away");

  /**
   * Everything the answer depends on.
   *
   * @param draw tells equals apart, so that they take turns: the stage's id
   * @param members who holds one of the roles asked, each once
   * @param away who is away now, by subject
   * @param fourEyes who must not decide
   * @param seated who sits on another seat of the same part, by subject or user name
   * @param plan what the manifest wants
   * @param held how many open reviews people hold, by user name
   */
  record Question(
      String draw,
      List<Member> members,
      Map<String, Absence> away,
      FourEyes fourEyes,
      Set<String> seated,
      AssignmentPlan plan,
      Map<String, Long> held) {}

  /**
   * The answer.
   *
   * @param person nobody if none of those who hold the role is available
   * @param reasons the rules that led there, in order
   */
  record Choice(Optional<Member> person, List<Reason> reasons) {
    boolean isNobody() {
      return reasons.stream().anyMatch(reason -> reason.rule().equals(NOBODY));
    }
  }

  /**
   * A place at the table.
   *
   * @param person who sits there
   * @param of whose it is; the same person unless they are away
   */
  private record Seat(Member person, Member of) {
    boolean isBackup() {
      return !person.equals(of);
    }
  }

  private final Question question;
  private final Map<String, Member> allowed;
  private final List<Reason> reasons = new ArrayList<>();

  private Assignment(Question question) {
    this.question = question;
    this.allowed =
        question.members().stream()
            .filter(member -> !isExcluded(member.subject(), member.username()))
            .collect(Collectors.toMap(Member::subject, member -> member, (one, same) -> one));
  }

  /** The one person to ask. */
  static Choice choose(Question question) {
    return new Assignment(question).choice();
  }

  /** Who could be asked: not excluded, and not away. */
  static List<Member> available(Question question) {
    return new Assignment(question).seats().stream().map(Seat::person).distinct().toList();
  }

  /** Who stands in for somebody in this review, if anybody can. */
  static Optional<Member> backupOf(String subject, Question question) {
    return new Assignment(question).backup(subject);
  }

  private Choice choice() {
    List<Seat> seats = seats();
    if (seats.isEmpty()) {
      return new Choice(Optional.empty(), List.of(nobody()));
    }
    List<Seat> best = preferSeniority(requireExpertise(seats));
    Seat chosen =
        best.stream()
            .min(
                comparing((Seat seat) -> held(seat.person()))
                    .thenComparing(Seat::isBackup)
                    .thenComparing(this::drawn)
                    .thenComparing(seat -> seat.person().subject()))
            .orElseThrow();
    if (chosen.isBackup()) {
      reasons.add(BACKUP);
    }
    reasons.add(
        new Reason(
            "least_loaded",
            "Holds "
                + held(chosen.person())
                + " open reviews, the fewest of "
                + best.stream().map(Seat::person).distinct().count()
                + " available"));
    return new Choice(Optional.of(chosen.person()), List.copyOf(reasons));
  }

  private Reason nobody() {
    int holders = (int) question.members().stream().map(Member::subject).distinct().count();
    return new Reason(
        NOBODY,
        "Of "
            + holders
            + " who hold the role, "
            + (holders - allowed.size())
            + " must not or need not decide this and "
            + allowed.size()
            + " are away");
  }

  private List<Seat> seats() {
    return allowed.values().stream()
        .sorted(comparing(Member::subject))
        .flatMap(member -> seat(member).stream())
        .toList();
  }

  private Optional<Seat> seat(Member member) {
    return isAway(member.subject())
        ? backup(member.subject()).map(person -> new Seat(person, member))
        : Optional.of(new Seat(member, member));
  }

  /** Whoever must not decide does not choose who does, as a backup in between either. */
  private Optional<Member> backup(String subject) {
    Absence absence = question.away().get(subject);
    for (int step = 0; step < MOST_STEPS && absence != null; step++) {
      Absence.Backup next = absence.backup().orElse(null);
      if (next == null || isExcluded(next.subject(), next.username())) {
        return Optional.empty();
      }
      if (!isAway(next.subject())) {
        return Optional.ofNullable(allowed.get(next.subject()));
      }
      absence = question.away().get(next.subject());
    }
    return Optional.empty();
  }

  /** Experts, else those whom absent experts named, else everybody who may decide. */
  private List<Seat> requireExpertise(List<Seat> seats) {
    if (question.plan().expertise().isEmpty()) {
      return seats;
    }
    String wanted = question.plan().expertise().stream().sorted().collect(Collectors.joining(", "));
    List<Seat> experts = only(seats, seat -> isExpert(seat.person()));
    if (!experts.isEmpty()) {
      reasons.add(new Reason("expertise", "Knows about one of: " + wanted));
      return experts;
    }
    List<Seat> named = only(seats, seat -> isExpert(seat.of()));
    reasons.add(
        new Reason(
            "expertise_missing",
            "Nobody available knows about one of: "
                + wanted
                + (named.isEmpty()
                    ? "; everybody with the role counts"
                    : "; those count whom an absent expert named")));
    return named.isEmpty() ? seats : named;
  }

  private List<Seat> preferSeniority(List<Seat> seats) {
    int wanted = question.plan().seniority();
    if (wanted == 0) {
      return seats;
    }
    List<Seat> senior = only(seats, seat -> seat.person().seniority() >= wanted);
    reasons.add(
        senior.isEmpty()
            ? new Reason("seniority_missing", "Nobody available has seniority " + wanted)
            : new Reason("seniority", "Has seniority " + wanted + " or more"));
    return senior.isEmpty() ? seats : senior;
  }

  private static List<Seat> only(List<Seat> seats, Predicate<Seat> condition) {
    return seats.stream().filter(condition).toList();
  }

  private boolean isExpert(Member member) {
    return question.plan().expertise().stream().anyMatch(member.expertise()::contains);
  }

  private boolean isAway(String subject) {
    return question.away().containsKey(subject);
  }

  private boolean isExcluded(String subject, String username) {
    return question.fourEyes().refusal(subject, username).isPresent()
        || question.seated().contains(subject)
        || question.seated().contains(username);
  }

  private long held(Member member) {
    return question.held().getOrDefault(member.username(), 0L);
  }

  /** Mixed well: a text's own hash lets the same person come first almost every time. */
  private int drawn(Seat seat) {
    int seed = (question.draw() + "\n" + seat.person().subject()).hashCode();
    return new SplittableRandom(seed).nextInt();
  }
}
