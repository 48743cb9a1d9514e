package io.countersign.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.shared.Reason;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

/** Keeps the reasons of a route as one JSON text. */
@Converter
class Reasons implements AttributeConverter<List<Reason>, String> {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public String convertToDatabaseColumn(List<Reason> reasons) {
    try {
      return MAPPER.writeValueAsString(reasons);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of texts can be written", e);
    }
  }

  @Override
  public List<Reason> convertToEntityAttribute(String column) {
    try {
      return MAPPER.readValue(column, new TypeReference<List<Reason>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored reasons are damaged", e);
    }
  }
}
