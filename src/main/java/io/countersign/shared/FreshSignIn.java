package io.countersign.shared;

import java.time.Duration;
import java.util.Set;

/**
 * That whoever lets an action through has to have proved lately who they are.
 *
 * @param within how long ago at most
 * @param levels one of these has to have been reached, by the names of the identity provider
 *     ({@code acr}); any will do if there are none
 */
public record FreshSignIn(Duration within, Set<String> levels) {

  /** Takes a copy. */
  public FreshSignIn {
    levels = Set.copyOf(levels);
  }
}
