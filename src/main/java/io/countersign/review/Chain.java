package io.countersign.review;

import java.time.Instant;
import java.util.List;

/**
 * A deployed chain, or a building block of chains, with what runs on which version.
 *
 * @param key the id of its process
 * @param versions newest first
 */
public record Chain(String key, String name, List<Version> versions) {

  /** Takes a copy of the list. */
  public Chain {
    versions = List.copyOf(versions);
  }

  /**
   * One version.
   *
   * @param instances how many run on it now
   */
  public record Version(int version, Instant deployedAt, long instances) {}
}
