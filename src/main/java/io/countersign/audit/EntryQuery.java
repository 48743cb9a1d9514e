package io.countersign.audit;

import io.countersign.shared.RequestId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which entries somebody asks for.
 *
 * @param from the earliest time
 * @param to the first time that is too late
 * @param after the index from behind which to look; -1 for the beginning
 */
record EntryQuery(
    Optional<RequestId> request,
    Optional<String> type,
    Optional<Instant> from,
    Optional<Instant> to,
    long after) {

  EntryQuery after(long index) {
    return new EntryQuery(request, type, from, to, index);
  }
}
