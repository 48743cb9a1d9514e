package io.countersign.delivery;

import java.io.IOException;

/** Takes messages to endpoints of one kind. */
interface Carrier {

  /** Whether the endpoint of that id is one of its kind. */
  boolean serves(String endpoint);

  /**
   * Makes one attempt.
   *
   * @param body as it was enqueued
   * @throws NothingToSay if the message is not worth sending any more
   * @throws IOException if it was not taken, for whatever reason
   */
  Answer carry(Delivery delivery, byte[] body) throws IOException, NothingToSay;

  /** What was to be told has been told otherwise, or is over. */
  final class NothingToSay extends Exception {
    private static final long serialVersionUID = 1;
  }
}
