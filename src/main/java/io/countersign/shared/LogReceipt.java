package io.countersign.shared;

/**
 * An entry of the audit log and the proof that the log holds it.
 *
 * @param entry exactly as the log holds it: canonical JSON
 * @param proof {@code c2sp.org/tlog-proof@v1}
 */
public record LogReceipt(String entry, String proof) {}
