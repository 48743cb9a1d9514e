package io.countersign.delivery;

import java.util.Optional;

/**
 * One mail to one person.
 *
 * @param to the address, nothing but that
 * @param id the Message-ID, the same at each attempt
 * @param about the Message-ID that it follows, in one thread
 * @param subject one line
 * @param text the plain form
 * @param html the same for those who read HTML
 */
public record Letter(
    String to, String id, Optional<String> about, String subject, String text, String html) {

  /** Leaves out everything that is about a person. */
  @Override
  public String toString() {
    return "Letter[id=" + id + "]";
  }
}
