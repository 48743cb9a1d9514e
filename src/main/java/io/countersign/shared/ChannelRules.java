package io.countersign.shared;

import java.util.Set;

/** Says by which channels people are told; a table that they edit themselves stands behind it. */
public interface ChannelRules {

  /**
   * What the answer depends on.
   *
   * @param role in which the person is asked
   */
  record Situation(Urgency urgency, Severity severity, Role role, Occasion occasion) {}

  /**
   * One channel to use.
   *
   * @param keepsQuietHours whether it waits for the end of the person's quiet hours
   */
  record Way(Channel channel, boolean keepsQuietHours) {}

  /** Every channel to use, each once; none if nobody is to be told. */
  Set<Way> ways(Situation situation);

  /** {@code sha-256:} and the digest of the table. */
  String version();
}
