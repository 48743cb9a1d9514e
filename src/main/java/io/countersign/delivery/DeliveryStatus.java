package io.countersign.delivery;

import io.countersign.shared.WireName;

/** How far a message has come. */
enum DeliveryStatus implements WireName {
  PENDING,
  DELIVERED,
  GIVEN_UP,
  /** Over before it was sent: there was nothing to tell any more. */
  DROPPED
}
