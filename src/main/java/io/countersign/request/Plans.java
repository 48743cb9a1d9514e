package io.countersign.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.countersign.shared.ReviewPlan;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Keeps the plan of a review as one JSON text. */
@Converter
class Plans implements AttributeConverter<@Nullable ReviewPlan, @Nullable String> {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable ReviewPlan plan) {
    try {
      return plan == null ? null : MAPPER.writeValueAsString(plan);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values can be written", e);
    }
  }

  @Override
  public @Nullable ReviewPlan convertToEntityAttribute(@Nullable String column) {
    try {
      return column == null ? null : MAPPER.readValue(column, ReviewPlan.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored plan is damaged", e);
    }
  }
}
