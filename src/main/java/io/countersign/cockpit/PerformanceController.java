package io.countersign.cockpit;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.Period;
import io.countersign.shared.Role;
import io.countersign.shared.WireName;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How people decide, in numbers, for managers and auditors; only managers learn who is who. */
@RestController
class PerformanceController {

  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

  private final Performances performances;
  private final PeriodReader periods;
  private final Callers callers;

  PerformanceController(Performances performances, PeriodReader periods, Callers callers) {
    this.performances = performances;
    this.periods = periods;
    this.callers = callers;
  }

  @GetMapping(path = "/api/v1/performance", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<PerformanceReport> report(
      @RequestParam Optional<String> from,
      @RequestParam Optional<String> to,
      @RequestParam Optional<String> by,
      @RequestParam Optional<String> action) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(read(from, to, by, action));
  }

  /** One table of it for a spreadsheet. */
  @GetMapping(path = "/api/v1/performance.csv", produces = "text/csv")
  ResponseEntity<byte[]> table(
      @RequestParam Optional<String> table,
      @RequestParam Optional<String> from,
      @RequestParam Optional<String> to,
      @RequestParam Optional<String> by,
      @RequestParam Optional<String> action) {
    LookingBack.require(callers.current());
    PerformanceCsv.Table wanted = table(table.orElse("actions"));
    PerformanceReport report = read(from, to, by, action);
    String file = "countersign-" + wanted.wire() + "-" + report.from() + "-" + report.to() + ".csv";
    return ResponseEntity.ok()
        .contentType(CSV)
        .cacheControl(CacheControl.noStore())
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
        .body(PerformanceCsv.of(report, wanted).getBytes(StandardCharsets.UTF_8));
  }

  private PerformanceReport read(
      Optional<String> from, Optional<String> to, Optional<String> by, Optional<String> action) {
    Caller caller = callers.current();
    LookingBack.require(caller);
    Period period = periods.read(from, to, by, action);
    return performances.of(period, caller.has(Role.MANAGER));
  }

  private static PerformanceCsv.Table table(String text) {
    try {
      return WireName.parse(PerformanceCsv.Table.class, text);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          ProblemType.INVALID_REQUEST, "table", "expected actions, spans or reviewers");
    }
  }
}
