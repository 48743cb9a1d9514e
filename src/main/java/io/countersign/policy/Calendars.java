package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.Role;
import io.countersign.shared.time.WorkingHours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads when the roles work, and checks what a schema cannot say about it. */
final class Calendars {

  private final Findings findings;
  private final JsonNode calendars;
  private final JsonNode workingTime;

  Calendars(Findings findings, JsonNode manifest) {
    this.findings = findings;
    this.calendars = manifest.path("calendars");
    this.workingTime = manifest.path("workingTime");
  }

  /** The hours of the roles that have some; a role that is missing always works. */
  Map<Role, WorkingHours> read() {
    Map<Role, WorkingHours> hours = new EnumMap<>(Role.class);
    if (!findings.clean("/calendars") || !findings.clean("/workingTime")) {
      return hours;
    }
    Map<String, WorkingHours> byName = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : calendars.properties()) {
      String pointer = "/calendars/" + entry.getKey();
      check(pointer, entry.getValue());
      if (findings.clean(pointer)) {
        byName.put(entry.getKey(), calendar(entry.getValue()));
      }
    }
    for (Map.Entry<String, JsonNode> entry : workingTime.properties()) {
      String name = entry.getValue().asText();
      if (!calendars.has(name)) {
        findings.add(
            "/workingTime/" + entry.getKey(), "one of the calendars, found \"" + name + '"');
      } else if (byName.containsKey(name)) {
        hours.put(Role.find(entry.getKey()).orElseThrow(), byName.get(name));
      }
    }
    return hours;
  }

  private void check(String pointer, JsonNode calendar) {
    String zone = calendar.path("zone").asText();
    // Not ZoneId.of: that takes offsets too, which know nothing of summer time.
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      findings.add(pointer + "/zone", "a time zone such as Europe/Berlin, found \"" + zone + '"');
    }
    String from = calendar.path("from").asText();
    String to = calendar.path("to").asText();
    if (!LocalTime.parse(from).isBefore(LocalTime.parse(to))) {
      findings.add(pointer + "/to", "a time later than \"" + from + "\", found \"" + to + '"');
    }
    for (int i = 0; i < calendar.path("holidays").size(); i++) {
      String holiday = calendar.path("holidays").path(i).asText();
      if (!exists(holiday)) {
        findings.add(
            pointer + "/holidays/" + i, "a date such as 2026-12-25, found \"" + holiday + '"');
      }
    }
  }

  private static boolean exists(String date) {
    try {
      LocalDate.parse(date);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static WorkingHours calendar(JsonNode node) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    node.path("days").forEach(day -> days.add(day(day.asText())));
    Set<LocalDate> holidays = new HashSet<>();
    node.path("holidays").forEach(holiday -> holidays.add(LocalDate.parse(holiday.asText())));
    return new WorkingHours(
        ZoneId.of(node.path("zone").asText()),
        days,
        LocalTime.parse(node.path("from").asText()),
        LocalTime.parse(node.path("to").asText()),
        holidays);
  }

  private static DayOfWeek day(String name) {
    return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
