package io.countersign.delivery;

import java.io.IOException;
import java.util.Optional;

/** Writes mails at the moment they are sent, so that they say what holds then. */
public interface Letters {

  /**
   * The mail of a message.
   *
   * @param message as it was enqueued
   * @return nothing if there is nothing to say any more
   * @throws IOException if it cannot be written, or not now
   */
  Optional<Letter> write(byte[] message) throws IOException;

  /** Hears that the mail server took it; may be told so twice. */
  void sent(byte[] message);
}
