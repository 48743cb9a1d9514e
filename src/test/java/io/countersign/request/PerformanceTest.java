package io.countersign.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.countersign.request.Figures.Group;
import io.countersign.request.Figures.Held;
import io.countersign.request.Figures.Missed;
import io.countersign.request.Figures.Proposed;
import io.countersign.request.Figures.Streak;
import io.countersign.request.Figures.Voted;
import io.countersign.request.Period.Span;
import io.countersign.shared.Route;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers were computed by hand. */
class PerformanceTest {

  private static final String DAY = "2026-03-10";

  private PastDays past;

  @BeforeEach
  void start() throws SQLException {
    past = new PastDays();
  }

  @AfterEach
  void stop() throws SQLException {
    past.close();
  }

  @Test
  void countsNothingWhereNothingHappened() {
    Figures figures = past.count(DAY, DAY);

    assertThat(figures.proposed()).isEmpty();
    assertThat(figures.missed()).isEqualTo(List.of(new Missed(Group.ALL, 0)));
    assertThat(figures.streaks()).isEmpty();
    assertThat(figures.held()).isEmpty();
    assertThat(figures.voted()).hasSize(1);
    Voted none = voted(figures, Group.ALL);
    assertThat(none.count()).isZero();
    assertThat(none.medianSeconds()).isNull();
    assertThat(none.p95Seconds()).isNull();
  }

  @Test
  void countsRequestsByRouteStatusActionAndDay() {
    past.request("create_ticket", "auto_approve", "approved", "2026-03-10T08:00:00Z", 5);
    past.refund("2026-03-10T09:00:00Z");
    past.refund("2026-03-11T09:00:00Z");
    past.request("process_refund", "escalate", "rejected", "2026-03-11T10:00:00Z", 5);
    past.request("process_refund", "human_review", "pending", "2026-03-12T00:00:00Z", 5);

    assertThat(past.count(DAY, "2026-03-11").proposed())
        .containsExactlyInAnyOrder(
            new Proposed(Group.ALL, Route.AUTO_APPROVE, Status.APPROVED, 1),
            new Proposed(Group.ALL, Route.HUMAN_REVIEW, Status.APPROVED, 2),
            new Proposed(Group.ALL, Route.ESCALATE, Status.REJECTED, 1),
            new Proposed(Group.action("create_ticket"), Route.AUTO_APPROVE, Status.APPROVED, 1),
            new Proposed(Group.action("process_refund"), Route.HUMAN_REVIEW, Status.APPROVED, 2),
            new Proposed(Group.action("process_refund"), Route.ESCALATE, Status.REJECTED, 1),
            new Proposed(start("2026-03-10"), Route.AUTO_APPROVE, Status.APPROVED, 1),
            new Proposed(start("2026-03-10"), Route.HUMAN_REVIEW, Status.APPROVED, 1),
            new Proposed(start("2026-03-11"), Route.HUMAN_REVIEW, Status.APPROVED, 1),
            new Proposed(start("2026-03-11"), Route.ESCALATE, Status.REJECTED, 1));
  }

  /** On the 29th the clocks of Berlin, whose time the connection keeps, go forward. */
  @Test
  void keepsDaysInUtcWhenTheClocksChange() {
    past.refund("2026-03-28T22:30:00Z");
    past.refund("2026-03-28T23:59:59.999999Z");
    past.refund("2026-03-29T00:00:00Z");
    past.refund("2026-03-29T00:30:00Z");
    past.refund("2026-03-29T22:30:00Z");
    past.refund("2026-03-30T00:00:00Z");

    assertThat(past.count("2026-03-28", "2026-03-29").proposed())
        .containsExactlyInAnyOrder(
            approved(Group.ALL, 5),
            approved(Group.action("process_refund"), 5),
            approved(start("2026-03-28"), 2),
            approved(start("2026-03-29"), 3));
  }

  @Test
  void putsWeeksTogetherFromMondayOn() {
    past.refund("2026-03-15T23:59:59Z");
    past.refund("2026-03-16T00:00:00Z");
    past.refund("2026-03-22T23:59:59Z");

    Figures figures = past.count("2026-03-11", "2026-03-22", Span.WEEK, null);

    assertThat(figures.proposed())
        .contains(approved(start("2026-03-09"), 1), approved(start("2026-03-16"), 2));
    assertThat(
            new Period(
                    LocalDate.parse("2026-03-11"),
                    LocalDate.parse("2026-03-22"),
                    Span.WEEK,
                    java.util.Optional.empty())
                .starts())
        .containsExactly(LocalDate.parse("2026-03-09"), LocalDate.parse("2026-03-16"));
  }

  /** Agents choose those names, and could choose a new one each time. */
  @Test
  void putsUnknownActionsTogether() {
    for (String name : List.of("a", "b", "c")) {
      past.request(name, null, "person_first", "block", "blocked", DAY + "T08:00:00Z", 1);
    }

    assertThat(past.count(DAY, DAY).proposed())
        .contains(new Proposed(Group.action(""), Route.BLOCK, Status.BLOCKED, 3))
        .hasSize(3);
  }

  @Test
  void tellsTheTimeOfASingleVote() {
    past.vote(past.refund(DAY + "T08:00:00Z"), "rita", "approve", at("08:00:00"), at("08:01:30"));

    Voted all = voted(past.count(DAY, DAY), Group.ALL);

    assertThat(all.medianSeconds()).isEqualTo(90.0);
    assertThat(all.p95Seconds()).isEqualTo(90.0);
  }

  /**
   * 60, 60, 60, 120 and one unknown: the median is 60, and 0.95 × 3 = 2.85 lies 85 % of the way.
   */
  @Test
  void takesTiesAndUnknownTimes() {
    UUID request = past.refund(DAY + "T08:00:00Z");
    past.vote(request, "rita", "approve", at("08:00:00"), at("08:01:00"));
    past.vote(request, "raj", "approve", at("08:00:00"), at("08:01:00"));
    past.vote(request, "rita", "reject", at("09:00:00"), at("09:01:00"));
    past.vote(request, "rita", "revise", at("09:00:00"), at("09:02:00"));
    past.vote(request, "rita", "edit", null, at("10:00:00"));

    Voted all = voted(past.count(DAY, DAY), Group.ALL);

    assertThat(all.count()).isEqualTo(5);
    assertThat(all.timed()).isEqualTo(4);
    assertThat(all.medianSeconds()).isEqualTo(60.0);
    assertThat(all.p95Seconds()).isCloseTo(111, within(0.000001));
    assertThat(List.of(all.approved(), all.edited(), all.rejected(), all.revised()))
        .containsExactly(2L, 1L, 1L, 1L);
  }

  @Test
  void tellsPeopleApartBySubjectUnderTheirLastName() {
    UUID refund = past.refund(DAY + "T08:00:00Z");
    UUID mail =
        past.request("send_customer_email", "human_review", "approved", DAY + "T08:00:00Z", 9);
    past.vote(refund, "S1", "rita", "approve", null, at("08:00:00"));
    past.vote(mail, "S1", "rita.new", "reject", null, at("09:00:00"));
    past.vote(mail, "S2", "rita", "answer", null, at("10:00:00"));

    Figures figures = past.count(DAY, DAY);

    Voted first = voted(figures, new Group(null, null, "S1"));
    assertThat(first.name()).isEqualTo("rita.new");
    assertThat(first.count()).isEqualTo(2);
    assertThat(voted(figures, new Group(null, null, "S2")).considered()).isZero();
    assertThat(voted(figures, new Group("send_customer_email", null, "S1")).steppedIn())
        .isEqualTo(1);
    assertThat(voted(figures, Group.action("send_customer_email")).count()).isEqualTo(2);
  }

  @Test
  void leavesOutWhatServicesSayAndWhatObjectsToWhatRan() {
    past.vote(past.refund(DAY + "T08:00:00Z"), "classifier", "pass", null, at("08:00:00"));
    UUID server =
        past.request(
            "provision_server",
            "high",
            "objection_window",
            "auto_approve",
            "revoked",
            DAY + "T08:00:00Z",
            9);
    past.vote(server, "rita", "reject", null, at("08:00:00"));
    past.stage(server, "person", "expired", null, at("08:00:00"));
    past.stage(server, "person", "open", "rita", "");

    Figures figures = past.count(DAY, DAY);

    assertThat(voted(figures, Group.ALL).count()).isZero();
    assertThat(figures.missed()).containsExactly(new Missed(Group.ALL, 0));
    assertThat(figures.held()).isEmpty();
  }

  @Test
  void takesAQuestionBeforeAnApprovalForALook() {
    UUID request = past.refund(DAY + "T08:00:00Z");
    UUID asked = past.vote(request, "rita", "approve", null, at("08:00:00"));
    past.question(request, asked, "rita", at("07:00:00"));
    UUID other = past.vote(request, "rita", "approve", null, at("08:30:00"));
    past.question(request, other, "raj", at("07:00:00"));

    Voted all = voted(past.count(DAY, DAY), Group.ALL);

    assertThat(all.considered()).isEqualTo(2);
    assertThat(all.steppedIn()).isEqualTo(1);
  }

  /** 238 words take a minute. */
  @Test
  void knowsWhatIsTooFastToRead() {
    UUID minute =
        past.request("process_refund", "human_review", "approved", DAY + "T08:00:00Z", 238);
    past.vote(minute, "rita", "approve", at("08:00:00"), at("08:00:59.999"));
    past.vote(minute, "rita", "edit", at("09:00:00"), at("09:00:10"));
    past.vote(minute, "rita", "approve", at("10:00:00"), at("10:01:00"));
    past.vote(minute, "rita", "reject", at("11:00:00"), at("11:00:01"));
    past.vote(minute, "rita", "approve", null, at("12:00:00"));
    past.vote(past.refund(at("08:00:00")), "rita", "approve", at("13:00:00"), at("13:00:01"));

    Voted all = voted(past.count(DAY, DAY), Group.ALL);

    assertThat(all.readable()).isEqualTo(3);
    assertThat(all.tooFast()).isEqualTo(2);
  }

  @Test
  void findsTheLongestRowOfApprovals() {
    UUID request = past.refund(DAY + "T08:00:00Z");
    int minute = 10;
    for (String said : List.of("approve", "approve", "edit", "approve", "answer", "approve")) {
      past.vote(request, "rita", said, null, at("08:" + minute++ + ":00"));
    }
    past.vote(request, "rita", "approve", null, at("08:59:00"));
    past.vote(request, "raj", "reject", null, at("08:30:00"));

    assertThat(past.count(DAY, DAY).streaks()).containsExactly(new Streak("RITA", 3));
  }

  @Test
  void countsMissedDeadlinesOfPeopleByTheDayTheyPassed() {
    UUID request = past.refund("2026-03-09T08:00:00Z");
    past.stage(request, "person", "expired", "rita", at("00:00:00"));
    past.stage(request, "person", "decided", "rita", at("08:00:00"));
    past.stage(request, "ai", "expired", null, at("08:00:00"));
    past.stage(request, "person", "expired", null, "2026-03-11T00:00:00Z");

    assertThat(past.count(DAY, DAY).missed())
        .containsExactlyInAnyOrder(
            new Missed(Group.ALL, 1),
            new Missed(Group.action("process_refund"), 1),
            new Missed(start(DAY), 1));
  }

  @Test
  void knowsWhoHoldsWhatNow() {
    UUID request = past.refund("2020-01-01T08:00:00Z");
    past.stage(request, "person", "open", "rita", "");
    past.stage(request, "person", "information_requested", "rita", "");
    past.stage(request, "person", "open", null, "");
    past.stage(request, "person", "waiting", null, "");
    past.stage(request, "ai", "open", null, "");
    past.stage(request, "person", "decided", "rita", at("08:00:00"));

    assertThat(past.count(DAY, DAY).held())
        .containsExactlyInAnyOrder(new Held("rita", 2), new Held(null, 1));
    assertThat(past.count(DAY, DAY, Span.DAY, "create_ticket").held()).isEmpty();
  }

  @Test
  void countsOneActionOnly() {
    past.vote(past.refund(DAY + "T08:00:00Z"), "rita", "approve", null, at("08:00:00"));
    past.request("create_ticket", "auto_approve", "approved", DAY + "T08:00:00Z", 5);

    Figures figures = past.count(DAY, DAY, Span.DAY, "create_ticket");

    assertThat(figures.proposed())
        .containsExactlyInAnyOrder(
            new Proposed(Group.ALL, Route.AUTO_APPROVE, Status.APPROVED, 1),
            new Proposed(Group.action("create_ticket"), Route.AUTO_APPROVE, Status.APPROVED, 1),
            new Proposed(start(DAY), Route.AUTO_APPROVE, Status.APPROVED, 1));
    assertThat(voted(figures, Group.ALL).count()).isZero();
  }

  private static Voted voted(Figures figures, Group group) {
    return figures.voted().stream()
        .filter(each -> each.group().equals(group))
        .findFirst()
        .orElseThrow();
  }

  private static Proposed approved(Group group, long count) {
    return new Proposed(group, Route.HUMAN_REVIEW, Status.APPROVED, count);
  }

  private static Group start(String day) {
    return Group.start(LocalDate.parse(day));
  }

  private static String at(String time) {
    return DAY + "T" + time + "Z";
  }
}
