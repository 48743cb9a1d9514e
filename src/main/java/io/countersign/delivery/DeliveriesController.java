package io.countersign.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.shared.WireName;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What could not be delivered, for operators. */
@RestController
@RequestMapping("/api/v1/deliveries")
class DeliveriesController {

  private static final int MAX_PAGE = 200;
  private static final Pattern ID = Pattern.compile("msg_[0-9a-f-]{36}");

  private final DeliveryRecords records;

  DeliveriesController(DeliveryRecords records) {
    this.records = records;
  }

  /**
   * One page, newest first.
   *
   * @param next what to hand over as {@code after} for the page that follows; absent on the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<DeliveryRecord> items, @Nullable String next) {}

  @GetMapping
  Page list(
      @RequestParam(defaultValue = "given_up") String status,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw invalid("limit", "expected 1 to " + MAX_PAGE + ", found " + limit);
    }
    if (after != null && !ID.matcher(after).matches()) {
      throw invalid("after", "expected the \"next\" of a page, found something else");
    }
    List<DeliveryRecord> found = records.page(status(status), after, limit + 1);
    if (found.size() <= limit) {
      return new Page(found, null);
    }
    return new Page(found.subList(0, limit), found.get(limit - 1).id());
  }

  @PostMapping("/{id}/redrive")
  DeliveryRecord redrive(@PathVariable String id, Principal actor) {
    DeliveryRecord record = records.find(id).orElseThrow(DeliveriesController::notFound);
    if (!records.redrive(id, actor.getName())) {
      throw problem(
          HttpStatus.CONFLICT,
          "not-given-up",
          "Only a delivery that was given up can be sent anew; this one is "
              + record.status().wire()
              + ".");
    }
    return records.find(id).orElseThrow();
  }

  @ExceptionHandler
  ProblemDetail refuse(ErrorResponseException problem) {
    return problem.getBody();
  }

  private static DeliveryStatus status(String text) {
    try {
      return WireName.parse(DeliveryStatus.class, text);
    } catch (IllegalArgumentException e) {
      throw invalid("status", "expected pending, delivered or given_up");
    }
  }

  private static ErrorResponseException invalid(String field, String sentence) {
    ErrorResponseException problem =
        problem(HttpStatus.BAD_REQUEST, "invalid-parameter", field + ": " + sentence + ".");
    problem.getBody().setProperty("field", field);
    return problem;
  }

  private static ErrorResponseException notFound() {
    return problem(HttpStatus.NOT_FOUND, "not-found", "There is no such delivery.");
  }

  private static ErrorResponseException problem(HttpStatus status, String type, String sentence) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(status, sentence);
    body.setType(URI.create("urn:countersign:problem:" + type));
    return new ErrorResponseException(status, body, null);
  }
}
