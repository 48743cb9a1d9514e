package io.countersign.audit;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * An entry with its place.
 *
 * @param index the place in the log, from 0
 */
record LoggedEntry(long index, @JsonUnwrapped LogEntry entry) {}
