package io.countersign.delivery;

import java.time.Instant;
import java.util.Map;

/** Proves to the receiver that a message is ours. */
public interface DeliverySigner {

  /**
   * The headers of one attempt.
   *
   * @param id the message's id, the same at each attempt
   * @param at when this attempt is made
   * @param body the very bytes that are sent
   */
  Map<String, String> headers(String id, Instant at, byte[] body, Endpoint endpoint);
}
