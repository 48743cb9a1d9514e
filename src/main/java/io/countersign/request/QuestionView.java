package io.countersign.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question to the agent, as agents and people read it.
 *
 * @param status {@code open}, {@code answered}, or {@code unanswered} for good
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QuestionView(
    UUID id,
    String stage,
    String by,
    String question,
    Instant askedAt,
    Instant due,
    String status,
    @Nullable String answer,
    @Nullable Instant answeredAt) {

  static QuestionView of(Question question) {
    return new QuestionView(
        question.id(),
        question.stage().name(),
        question.personName(),
        question.text(),
        question.askedAt(),
        question.dueAt(),
        status(question),
        question.answer().orElse(null),
        question.answer().flatMap(given -> question.closedAt()).orElse(null));
  }

  private static String status(Question question) {
    if (question.isOpen()) {
      return "open";
    }
    return question.answer().isPresent() ? "answered" : "unanswered";
  }
}
