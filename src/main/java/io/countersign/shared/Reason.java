package io.countersign.shared;

/**
 * Why a rule decided as it did.
 *
 * @param rule the rule's stable name, for example {@code confidence_below_gate}
 * @param text a sentence for people
 */
public record Reason(String rule, String text) {}
