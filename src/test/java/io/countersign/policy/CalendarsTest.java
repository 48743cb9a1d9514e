package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.shared.ReviewPlan;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CalendarsTest {

  /** A Friday, 17:00 in Berlin. */
  private static final Instant FRIDAY = Instant.parse("2026-11-27T16:00:00Z");

  private static final Policy WITH_OFFICE_HOURS =
      load(
          """
          version: 1
          calendars:
            office:
              zone: Europe/Berlin
              days: [monday, tuesday, wednesday, thursday, friday]
              from: "08:00"
              to: "18:00"
              holidays: [2026-12-25]
          workingTime: {finance-approver: office}
          """);

  @Test
  void givesTheRoleThatIsAskedItsWorkingTime() {
    ReviewPlan plan = plan(WITH_OFFICE_HOURS, "900.00");

    assertThat(plan.deadlineFrom(FRIDAY)).isEqualTo("2026-12-02T10:00:00Z");
    assertThat(plan.after(FRIDAY, plan.reminders().get(0))).isEqualTo("2026-11-27T16:05:00Z");
    assertThat(plan.after(FRIDAY, plan.escalateAfter().multipliedBy(2)))
        .isEqualTo("2026-11-30T08:00:00Z");
  }

  @Test
  void letsTimePassAlwaysForRolesWithoutACalendar() {
    ReviewPlan plan = plan(WITH_OFFICE_HOURS, "240.00");

    assertThat(plan.workingHours()).isNull();
    assertThat(plan.deadlineFrom(FRIDAY)).isEqualTo(FRIDAY.plus(plan.limit()));
    assertThat(plan).isEqualTo(plan(Routes.PACKAGED, "240.00"));
  }

  private static ReviewPlan plan(Policy policy, String amount) {
    return policy.route(Routes.refundOf(amount, "0.72")).review().orElseThrow();
  }

  private static Policy load(String calendars) {
    try {
      return Policy.load(Routes.files(text -> text.replaceFirst("version: 1\n", calendars)));
    } catch (ManifestRefused e) {
      throw new AssertionError(e);
    }
  }
}
