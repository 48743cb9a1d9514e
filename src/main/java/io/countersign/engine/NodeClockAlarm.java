package io.countersign.engine;

import java.time.Duration;

/**
 * The clock of a node has left the database's time, or has come back to it.
 *
 * @param node the name under which the node locks jobs
 * @param inLine whether it is back
 * @param offset how far it is ahead
 */
public record NodeClockAlarm(String node, boolean inLine, Duration offset) {}
