package io.countersign.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.review.Erasures;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.JsonBody;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where operators and auditors want what was written in a request erased; two of them have to. */
@RestController
class ErasuresController {

  private static final int MAX_BODY = 4 * 1024;
  private static final int MAX_REASON = 500;

  private final Erasures erasures;
  private final Callers callers;

  ErasuresController(Erasures erasures, Callers callers) {
    this.erasures = erasures;
    this.callers = callers;
  }

  /** How far it has come: {@code awaiting_another_person} or {@code erased}. */
  record Answer(RequestId requestId, String status) {}

  /** {@code {reason}}: 202 until another person says the same within a day, then 200. */
  @PostMapping(
      path = "/api/v1/approval-requests/{id}/erasure",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Answer> erase(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    Caller caller = callers.current();
    if (!caller.isPerson()) {
      throw new Problem(ProblemType.FORBIDDEN, "only a person may do this");
    }
    String reason = reason(JsonBody.read(request.getInputStream(), MAX_BODY, List.of("reason")));
    RequestId found =
        RequestId.find(id)
            .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "there is no such request"));
    boolean done =
        erasures.ask(found, new Erasures.Person(caller.subject(), caller.name()), reason);
    return done
        ? ResponseEntity.ok(new Answer(found, "erased"))
        : ResponseEntity.accepted().body(new Answer(found, "awaiting_another_person"));
  }

  private static String reason(JsonNode document) {
    JsonNode value = document.path("reason");
    String text = value.isTextual() ? value.textValue().strip() : "";
    if (text.isEmpty() || text.length() > MAX_REASON) {
      throw new Problem(
          ProblemType.INVALID_BODY,
          "/reason",
          "expected text of 1 to " + MAX_REASON + " characters, without personal data");
    }
    return text;
  }
}
