package io.countersign.review;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which running instances shall go on with another version of their model.
 *
 * @param chain the key of the model
 * @param mapping elements of the old version and what becomes of them, where the ids differ
 * @param requests only the instances of these requests; empty for all of them
 */
public record MigrationWish(
    String chain, int from, int to, SortedMap<String, String> mapping, SortedSet<String> requests) {

  /** Takes copies. */
  public MigrationWish {
    mapping = new TreeMap<>(mapping);
    requests = new TreeSet<>(requests);
  }
}
