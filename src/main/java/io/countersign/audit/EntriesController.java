package io.countersign.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The entries of the log and their proofs, for auditors. */
@RestController
@RequestMapping("/api/v1/audit")
class EntriesController {

  private static final String JSON_LINES = "application/jsonl";
  private static final int MAX_PAGE = 1000;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final LogEntries entries;
  private final AuditProofs proofs;
  private final ObjectMapper mapper;

  EntriesController(LogEntries entries, AuditProofs proofs, ObjectMapper mapper) {
    this.entries = entries;
    this.proofs = proofs;
    this.mapper = mapper;
  }

  /**
   * One page, in the order of the log.
   *
   * @param next what to hand over as {@code after} for the page that follows; absent on the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<LoggedEntry> items, @Nullable Long next) {}

  @GetMapping(path = "/entries", produces = MediaType.APPLICATION_JSON_VALUE)
  Page list(
      @RequestParam Optional<String> request,
      @RequestParam Optional<String> type,
      @RequestParam Optional<String> from,
      @RequestParam Optional<String> to,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw invalid("limit", "expected a number from 1 to " + MAX_PAGE);
    }
    List<LoggedEntry> found = entries.find(query(request, type, from, to, after), limit + 1);
    if (found.size() <= limit) {
      return new Page(found, null);
    }
    return new Page(found.subList(0, limit), found.get(limit - 1).index());
  }

  /** All that follow, a line each, read and sent page by page. */
  @GetMapping(path = "/entries", produces = JSON_LINES)
  void export(
      @RequestParam Optional<String> request,
      @RequestParam Optional<String> type,
      @RequestParam Optional<String> from,
      @RequestParam Optional<String> to,
      @RequestParam Optional<String> after,
      HttpServletResponse response)
      throws IOException {
    EntryQuery query = query(request, type, from, to, after);
    List<LoggedEntry> page = entries.find(query, MAX_PAGE);
    response.setContentType(JSON_LINES);
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    OutputStream out = response.getOutputStream();
    while (!page.isEmpty()) {
      for (LoggedEntry entry : page) {
        out.write(mapper.writeValueAsBytes(entry));
        out.write('\n');
      }
      page = entries.find(query.after(page.get(page.size() - 1).index()), MAX_PAGE);
    }
    out.flush();
  }

  /** The proof that the entry with this index is in the log. */
  @GetMapping("/proofs/{index}")
  ResponseEntity<byte[]> proof(@PathVariable String index) {
    String text =
        proofs
            .receipt(number("index", index))
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemType.NOT_FOUND, "no published checkpoint reaches that index"));
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noStore())
        .body(text.getBytes(StandardCharsets.UTF_8));
  }

  private static EntryQuery query(
      Optional<String> request,
      Optional<String> type,
      Optional<String> from,
      Optional<String> to,
      Optional<String> after) {
    return new EntryQuery(
        request.map(EntriesController::request),
        type.map(EntriesController::type),
        from.map(text -> instant("from", text)),
        to.map(text -> instant("to", text)),
        after.map(text -> number("after", text)).orElse(-1L));
  }

  private static RequestId request(String text) {
    return RequestId.find(text)
        .orElseThrow(() -> invalid("request", "expected the id of a request, apr_<uuid>"));
  }

  private static String type(String text) {
    if (!text.matches("[a-z_.]{1,100}")) {
      throw invalid("type", "expected the type of an entry, for example request.proposed");
    }
    return text;
  }

  private static Instant instant(String field, String text) {
    try {
      Instant instant = Instant.parse(text);
      if (!instant.isBefore(Instant.EPOCH) && !instant.isAfter(LATEST)) {
        return instant;
      }
    } catch (DateTimeException e) {
      // Told below.
    }
    throw invalid(field, "expected a time in UTC, for example 2026-11-21T12:00:00Z");
  }

  private static long number(String field, String text) {
    if (!text.matches("0|[1-9][0-9]{0,17}")) {
      throw invalid(field, "expected an index of the log, 0 or more");
    }
    return Long.parseLong(text);
  }

  private static Problem invalid(String field, String expected) {
    return new Problem(ProblemType.INVALID_REQUEST, field, expected);
  }
}
