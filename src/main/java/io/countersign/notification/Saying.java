package io.countersign.notification;

import io.countersign.shared.Occasion;
import io.countersign.shared.WireName;

/** What somebody is told about a request. */
public enum Saying implements WireName {
  ASKED,
  REMINDED,
  ESCALATED,
  /** There is nothing left for them to do. */
  CLOSED;

  Occasion occasion() {
    return WireName.parse(Occasion.class, wire());
  }
}
