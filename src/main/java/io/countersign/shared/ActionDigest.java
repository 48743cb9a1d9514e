package io.countersign.shared;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * What a decision is bound to: {@code sha-256:} and the hex SHA-256 of the canonical JSON (RFC
 * 8785) of {@code {action, parameters}}.
 */
public record ActionDigest(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("sha-256:[0-9a-f]{64}");

  /** Refuses anything but {@code sha-256:} and 64 lower-case hex digits. */
  public ActionDigest {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "expected sha-256: and 64 lower-case hex digits, found \"" + value + "\"");
    }
  }

  /** Whether the text has the form of a digest. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
