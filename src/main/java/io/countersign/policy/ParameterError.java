package io.countersign.policy;

/**
 * A parameter that does not fit its action's schema; never quotes what was found.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the parameters as a whole
 * @param expected what should have been there, for example {@code one of EUR, GBP, USD}
 */
public record ParameterError(String pointer, String expected) {}
