package io.countersign.notification.email;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What is kept of a mail until it is written: whom it is for and which turn it takes. */
record Reference(UUID told, int turn) {

  byte[] bytes() {
    return (told + " " + turn).getBytes(StandardCharsets.UTF_8);
  }

  static Reference of(byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
    return new Reference(UUID.fromString(parts[0]), Integer.parseInt(parts[1]));
  }
}
