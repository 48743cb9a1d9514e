package io.countersign.review;

/** The companion of {@code ai-review.bpmn}: its key and what it waits for. */
final class AiReview {

  static final String KEY = "ai-review";
  static final String VERDICT_GIVEN = "verdict-given";

  private AiReview() {}
}
