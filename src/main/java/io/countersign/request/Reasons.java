package io.countersign.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.shared.Reason;
import java.util.List;

/** The reasons of a route as one JSON text; they can quote what was proposed. */
final class Reasons {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Reasons() {}

  static String write(List<Reason> reasons) {
    try {
      return MAPPER.writeValueAsString(reasons);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of texts can be written", e);
    }
  }

  static List<Reason> read(String text) {
    try {
      return MAPPER.readValue(text, new TypeReference<List<Reason>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored reasons are damaged", e);
    }
  }
}
