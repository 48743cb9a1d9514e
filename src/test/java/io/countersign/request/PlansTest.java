package io.countersign.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.shared.ReviewPlan;
import io.countersign.shared.time.WorkingHours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlansTest {

  private static final WorkingHours OFFICE =
      new WorkingHours(
          ZoneId.of("Europe/Berlin"),
          Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
          LocalTime.of(8, 30),
          LocalTime.of(18, 0),
          Set.of(LocalDate.of(2026, 12, 25)));

  private final Plans plans = new Plans();

  @Test
  void readsWhatItWrote() {
    ReviewPlan always = Requests.plan();
    ReviewPlan inOfficeHours = Requests.plan(OFFICE);

    assertThat(plans.convertToEntityAttribute(plans.convertToDatabaseColumn(always)))
        .isEqualTo(always);
    assertThat(plans.convertToEntityAttribute(plans.convertToDatabaseColumn(inOfficeHours)))
        .isEqualTo(inOfficeHours);
    assertThat(plans.convertToDatabaseColumn(inOfficeHours))
        .contains("\"zone\":\"Europe/Berlin\",\"days\":[\"MONDAY\",\"FRIDAY\"]")
        .contains("\"from\":\"08:30:00\"", "\"holidays\":[\"2026-12-25\"]");
  }

  /** As it was written before there were calendars. */
  @Test
  void readsAPlanThatKnowsNoWorkingHours() {
    String stored =
        """
        {"chain":"approve-action","role":"reviewer","limit":"PT1H","reminders":["PT5M","PT30M"],
        "escalateAfter":"PT20M","escalationPath":["senior-reviewer","finance-approver"],
        "fallback":"deny","urgency":"normal","priority":70}
        """;

    assertThat(plans.convertToEntityAttribute(stored)).isEqualTo(Requests.plan());
  }
}
