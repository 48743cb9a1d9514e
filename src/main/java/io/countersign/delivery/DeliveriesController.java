package io.countersign.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.shared.WireName;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.security.Principal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
      throw invalid("limit", "expected a number from 1 to " + MAX_PAGE);
    }
    if (after != null && !ID.matcher(after).matches()) {
      throw invalid("after", "expected the \"next\" of a page");
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
      throw new Problem(
          ProblemType.CONFLICT,
          "only a delivery that was given up can be sent anew; this one is "
              + record.status().wire());
    }
    return records.find(id).orElseThrow();
  }

  private static DeliveryStatus status(String text) {
    try {
      return WireName.parse(DeliveryStatus.class, text);
    } catch (IllegalArgumentException e) {
      throw invalid("status", "expected pending, delivered, given_up or dropped");
    }
  }

  private static Problem invalid(String field, String expected) {
    return new Problem(ProblemType.INVALID_REQUEST, field, expected);
  }

  private static Problem notFound() {
    return new Problem(ProblemType.NOT_FOUND, "there is no such delivery");
  }
}
