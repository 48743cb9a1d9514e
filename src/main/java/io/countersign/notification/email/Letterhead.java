package io.countersign.notification.email;

import io.countersign.notification.Links;
import io.countersign.notification.ReviewFacts.Wording;
import io.countersign.request.ApprovalRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What all mails about one request to one person have in common. */
record Letterhead(ApprovalRequest request, Wording wording, ZoneId zone, Links links) {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);

  String link() {
    return links.review(request.id());
  }

  String moment(Instant instant) {
    String place = zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    return MOMENT.format(instant.atZone(zone)) + " (" + place + ")";
  }
}
