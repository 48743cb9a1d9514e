package io.countersign.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.problem.JsonBody;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the body of an absence. */
@Component
class AbsenceReader {

  private static final int MAX_BODY = 4 * 1024;
  private static final List<String> FIELDS = List.of("from", "to", "backup");

  /** An absence as somebody sent it. */
  record Read(Instant from, Instant to, Optional<String> backup) {}

  Read read(InputStream body) throws IOException {
    JsonNode document = JsonBody.read(body, MAX_BODY, FIELDS);
    return new Read(time(document, "from"), time(document, "to"), backup(document));
  }

  /** PostgreSQL keeps microseconds. */
  private static Instant time(JsonNode document, String field) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(document.path(field).asText(""));
      if (document.path(field).isTextual() && time.getYear() >= 2000 && time.getYear() < 10_000) {
        return time.toInstant().truncatedTo(ChronoUnit.MICROS);
      }
    } catch (DateTimeParseException e) {
      // Answered like every other text that is no time.
    }
    throw new Problem(
        ProblemType.INVALID_BODY, "/" + field, "expected a time such as 2027-08-02T08:00:00Z");
  }

  private static Optional<String> backup(JsonNode document) {
    JsonNode backup = document.path("backup");
    if (backup.isMissingNode() || backup.isNull()) {
      return Optional.empty();
    }
    if (!backup.isTextual() || backup.textValue().isBlank()) {
      throw new Problem(ProblemType.INVALID_BODY, "/backup", "expected a user name");
    }
    return Optional.of(backup.textValue());
  }
}
