package io.countersign.shared;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** An enum whose values travel in snake_case, in JSON, in the manifest and in the database. */
public interface WireName {

  /** The constant's own name. */
  String name();

  /** The name outside Java, for example {@code human_review}. */
  @JsonValue
  default String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a constant by its name outside Java.
   *
   * @throws IllegalArgumentException naming the value when the type has no such constant
   */
  static <E extends Enum<E> & WireName> E parse(Class<E> type, String wire) {
    for (E constant : type.getEnumConstants()) {
      if (constant.wire().equals(wire)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no " + type.getSimpleName() + " is called " + wire);
  }
}
