package io.countersign.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log and the proof that the log holds it.
 *
 * @param entry exactly as the log holds it: canonical JSON
 * @param proof {@code c2sp.org/tlog-proof@v1}
 * @param salt what the entry's commitments were made with, in hex; nothing once the request's
 *     content was erased, or for who has only the log
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogReceipt(String entry, String proof, @Nullable String salt) {}
