package io.countersign.review;

import io.countersign.shared.RequestId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something about the clock of a review that must not be.
 *
 * @param request the request it belongs to
 * @param stage the stage's name; none where the request has none open
 * @param processInstance what carries or carried the stage
 * @param job the timer it is about
 * @param ends when the clock runs out
 * @param lapses when the request ends if nothing else can be done
 */
record ClockFinding(
    Kind kind,
    RequestId request,
    @Nullable String stage,
    @Nullable String processInstance,
    @Nullable String job,
    Instant ends,
    Instant lapses) {

  /** What can be wrong; the names are those of the query. */
  enum Kind {
    /** The process instance that carried an open stage is not there. */
    PROCESS_GONE,
    /** It, or the chain above it, was suspended. */
    PROCESS_SUSPENDED,
    /** An open stage has no timer. */
    TIMER_MISSING,
    /** It has more than one; this is one too many. */
    TIMER_DUPLICATE,
    TIMER_SUSPENDED,
    /** Every retry was used up: nobody would ever run it again. */
    TIMER_EXHAUSTED,
    /** It is due at another time than the clock runs out. */
    TIMER_MISDATED,
    /** People see a task whose stage is not open. */
    TASK_WITHOUT_STAGE,
    /** A request is open, and nobody is asked. */
    REQUEST_WITHOUT_STAGE;

    /** Whether the timer cannot be put right, so that the request itself ends with its clock. */
    boolean isFinal() {
      return switch (this) {
        case PROCESS_GONE, TIMER_MISSING, TASK_WITHOUT_STAGE, REQUEST_WITHOUT_STAGE -> true;
        case PROCESS_SUSPENDED, TIMER_DUPLICATE, TIMER_SUSPENDED, TIMER_EXHAUSTED, TIMER_MISDATED ->
            false;
      };
    }

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
