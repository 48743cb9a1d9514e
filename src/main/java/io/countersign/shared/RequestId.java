package io.countersign.shared;

import com.fasterxml.jackson.annotation.JsonValue;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id of an approval request: {@code apr_} and a UUIDv7 (RFC 9562), so that ids sort by age. */
public record RequestId(UUID uuid) {

  private static final String PREFIX = "apr_";
  private static final Pattern FORM =
      Pattern.compile("apr_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** A new id, never given before. */
  public static RequestId next() {
    return new RequestId(UuidCreator.getTimeOrderedEpoch());
  }

  /** Reads an id as it travels; nothing if it is not of that form. */
  public static Optional<RequestId> find(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new RequestId(UUID.fromString(text.substring(PREFIX.length()))))
        : Optional.empty();
  }

  /**
   * Reads an id that we wrote ourselves.
   *
   * @throws IllegalArgumentException if the text is not of the form {@code apr_<uuid>}
   */
  public static RequestId of(String text) {
    return find(text)
        .orElseThrow(
            () -> new IllegalArgumentException("expected apr_<uuid>, found \"" + text + "\""));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
