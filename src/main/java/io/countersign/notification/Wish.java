package io.countersign.notification;

import io.countersign.shared.Channel;
import java.util.Optional;
import java.util.Set;

/**
 * How somebody wants to be told.
 *
 * @param channels the personal ones they want; the others are not asked about
 */
public record Wish(Set<Channel> channels, Optional<QuietHours> quietHours) {

  /** Copies what it is given. */
  public Wish {
    channels = Set.copyOf(channels);
  }
}
