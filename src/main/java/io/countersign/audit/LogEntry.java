package io.countersign.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.countersign.audit.merkle.Hash;
import io.countersign.shared.RequestId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the record.
 *
 * @param entry its own number; they have gaps where a transaction was rolled back
 * @param facts canonical JSON
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogEntry(
    long entry,
    Instant at,
    String type,
    @Nullable RequestId request,
    String actor,
    @JsonRawValue String facts) {

  /** What the log holds of it. */
  byte[] bytes() {
    return EntryBytes.of(entry, at, type, request, actor, facts);
  }

  Hash leaf() {
    return Hash.leaf(bytes());
  }
}
