package io.countersign.shared;

/**
 * What an operator asks for, for a time, beyond what policy says.
 *
 * @param reason the operator's own words
 */
public record Tightening(Route route, String reason) {}
