package io.countersign.intake;

import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The agent's own key for one hand-off (draft-ietf-httpapi-idempotency-key-header-07). */
final class IdempotencyKey {

  static final String HEADER = "Idempotency-Key";

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private IdempotencyKey() {}

  /**
   * The key, unquoted: the draft writes it as a quoted string, most clients send it bare.
   *
   * @throws Problem if it is missing, sent twice, or not 1 to 255 visible ASCII characters
   */
  static String require(@Nullable String header, int timesSent) {
    String key = header == null || timesSent != 1 ? "" : unquoted(header.strip());
    if (!FORM.matcher(key).matches()) {
      throw new Problem(
          ProblemType.INVALID_REQUEST,
          HEADER,
          "expected one header of 1 to 255 visible ASCII characters, the same for every repetition"
              + " of one hand-off");
    }
    return key;
  }

  private static String unquoted(String header) {
    boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
    return quoted ? header.substring(1, header.length() - 1) : header;
  }
}
