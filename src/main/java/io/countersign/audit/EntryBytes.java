package io.countersign.audit;

import com.fasterxml.jackson.databind.node.TextNode;
import io.countersign.audit.merkle.EntryBundle;
import io.countersign.shared.RequestId;
import io.countersign.shared.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the log holds it: the canonical JSON of {@code {actor, at, entry, facts, request,
 * type, v}}. Never change it: the hashes of all entries ever written are of these bytes. A new form
 * is a new {@code v}.
 */
final class EntryBytes {

  private static final String LARGEST_ID = Long.toString(Long.MAX_VALUE);

  private EntryBytes() {}

  /**
   * The bytes of an entry.
   *
   * @param facts canonical JSON already
   */
  static byte[] of(
      long entry,
      Instant at,
      String type,
      @Nullable RequestId request,
      String actor,
      String facts) {
    return text(Long.toString(entry), at, type, request, actor, facts)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Refuses what the log could not hold, before it is written. */
  static void requireRoom(
      Instant at, String type, @Nullable RequestId request, String actor, String facts) {
    int bytes =
        text(LARGEST_ID, at, type, request, actor, facts).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > EntryBundle.MAX_ENTRY) {
      throw new IllegalArgumentException(
          "audit entry "
              + type
              + ": expected at most 65,535 bytes, found "
              + bytes
              + "; facts are digests and references");
    }
  }

  /** The members stand in the order of RFC 8785 already. */
  private static String text(
      String entry,
      Instant at,
      String type,
      @Nullable RequestId request,
      String actor,
      String facts) {
    return "{\"actor\":"
        + quoted(actor)
        + ",\"at\":\""
        + at
        + "\",\"entry\":"
        + entry
        + ",\"facts\":"
        + facts
        + ",\"request\":"
        + (request == null ? "null" : "\"" + request + "\"")
        + ",\"type\":"
        + quoted(type)
        + ",\"v\":1}";
  }

  private static String quoted(String text) {
    return new String(CanonicalJson.bytes(TextNode.valueOf(text)), StandardCharsets.UTF_8);
  }
}
