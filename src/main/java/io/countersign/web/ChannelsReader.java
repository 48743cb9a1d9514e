package io.countersign.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.notification.QuietHours;
import io.countersign.notification.Wish;
import io.countersign.shared.Channel;
import io.countersign.shared.WireName;
import io.countersign.shared.problem.JsonBody;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads the body of a wish. */
@Component
class ChannelsReader {

  private static final int MAX_BODY = 4 * 1024;
  private static final List<String> FIELDS = List.of("channels", "quietHours");
  private static final Set<String> HOURS = Set.of("from", "to", "zone");

  Wish read(InputStream body, List<Channel> personal) throws IOException {
    JsonNode document = JsonBody.read(body, MAX_BODY, FIELDS);
    return new Wish(channels(document.path("channels"), personal), quietHours(document));
  }

  private static Set<Channel> channels(JsonNode list, List<Channel> personal) {
    List<String> names = personal.stream().map(WireName::wire).toList();
    Set<Channel> channels = new TreeSet<>();
    boolean known = list.isArray();
    for (JsonNode name : list) {
      known &= name.isTextual() && names.contains(name.textValue());
      if (known) {
        channels.add(WireName.parse(Channel.class, name.textValue()));
      }
    }
    if (!known) {
      throw invalid("/channels", "expected a list, of any of " + String.join(", ", names));
    }
    return channels;
  }

  private static Optional<QuietHours> quietHours(JsonNode document) {
    JsonNode hours = document.path("quietHours");
    if (hours.isMissingNode() || hours.isNull()) {
      return Optional.empty();
    }
    Set<String> fields =
        hours.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    if (!hours.isObject() || !HOURS.containsAll(fields)) {
      throw invalid("/quietHours", "expected an object of from, to and zone");
    }
    LocalTime from = time(hours, "from");
    LocalTime to = time(hours, "to");
    if (from.equals(to)) {
      throw invalid("/quietHours/to", "expected another time than from");
    }
    return Optional.of(new QuietHours(from, to, zone(hours)));
  }

  private static LocalTime time(JsonNode hours, String field) {
    String text = hours.path(field).asText("");
    if (!hours.path(field).isTextual() || !text.matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
      throw invalid("/quietHours/" + field, "expected a time such as 22:00");
    }
    return LocalTime.parse(text);
  }

  /** Not {@code ZoneId.of}: that takes offsets too, which know nothing of summer time. */
  private static ZoneId zone(JsonNode hours) {
    String zone = hours.path("zone").asText("");
    if (!hours.path("zone").isTextual() || !ZoneId.getAvailableZoneIds().contains(zone)) {
      throw invalid("/quietHours/zone", "expected a time zone such as Europe/Berlin");
    }
    return ZoneId.of(zone);
  }

  private static Problem invalid(String field, String expected) {
    return new Problem(ProblemType.INVALID_BODY, field, expected);
  }
}
