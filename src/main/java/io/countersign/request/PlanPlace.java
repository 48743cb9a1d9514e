package io.countersign.request;

import java.util.UUID;

/**
 * Where a request stands among those that were handed over together.
 *
 * @param plan the id of the plan, ours
 * @param step its index, from 0
 */
public record PlanPlace(UUID plan, int step) {}
