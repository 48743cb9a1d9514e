package io.countersign.intake;

import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A hand-off as it came over the wire, with its key. */
record HandOffBody(String idempotencyKey, byte[] bytes) {

  static HandOffBody of(HttpServletRequest request, @Nullable String key) throws IOException {
    String idempotencyKey = IdempotencyKey.require(key, timesSent(request));
    requireUnencoded(request);
    return new HandOffBody(
        idempotencyKey, request.getInputStream().readNBytes(ProposalReader.MAX_BODY + 1));
  }

  /** Spring joins repeated headers with commas, which is a good key again. */
  private static int timesSent(HttpServletRequest request) {
    return Collections.list(request.getHeaders(IdempotencyKey.HEADER)).size();
  }

  private static void requireUnencoded(HttpServletRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Problem(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          HttpHeaders.CONTENT_ENCODING,
          "expected none: the body is taken as it is");
    }
  }
}
