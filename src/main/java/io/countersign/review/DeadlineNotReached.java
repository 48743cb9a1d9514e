package io.countersign.review;

import io.countersign.request.Stage;
import java.time.Instant;

/** A node's clock ran ahead of the database's; the timer is tried again later. */
class DeadlineNotReached extends RuntimeException {

  DeadlineNotReached(Stage stage, Instant now) {
    super("stage " + stage.id() + " ends at " + stage.deadline() + ", it is only " + now);
  }
}
