package io.countersign.policy;

import java.math.BigDecimal;

/**
 * Where confidence and doubt change the route.
 *
 * @param autoApproveConfidence the gate; decides only where the manifest opts in
 * @param escalateConfidence below it somebody senior decides
 * @param maxUncertaintyFactors with more of them somebody senior decides
 */
public record Thresholds(
    BigDecimal autoApproveConfidence, BigDecimal escalateConfidence, int maxUncertaintyFactors) {}
