package io.countersign.cockpit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.identity.Callers;
import io.countersign.shared.RequestId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What agents can be taught from: their proposals beside what people said of them. */
@RestController
class ExamplesController {

  private static final String JSON_LINES = "application/jsonl";

  private final Examples examples;
  private final Callers callers;
  private final ObjectMapper mapper;

  ExamplesController(Examples examples, Callers callers, ObjectMapper mapper) {
    this.examples = examples;
    this.callers = callers;
    this.mapper = mapper;
  }

  /** A line for each request that people decided, newest first, sent page by page. */
  @GetMapping(path = "/api/v1/examples", produces = JSON_LINES)
  void export(@RequestParam Optional<String> action, HttpServletResponse response)
      throws IOException {
    LookingBack.require(callers.current());
    response.setContentType(JSON_LINES);
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    OutputStream out = response.getOutputStream();
    Optional<RequestId> from = Optional.empty();
    do {
      Examples.Page page = examples.page(action, from);
      for (Example example : page.examples()) {
        out.write(mapper.writeValueAsBytes(example));
        out.write('\n');
      }
      from = page.next();
    } while (from.isPresent());
    out.flush();
  }
}
