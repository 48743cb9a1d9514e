package io.countersign.policy;

import io.countersign.shared.Role;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which parameter is the amount, and what amounts decide. */
record AmountRules(
    Optional<String> parameter,
    Optional<String> currency,
    Optional<BigDecimal> autoApproveBelow,
    Optional<BigDecimal> reviewFrom,
    Optional<Above> above,
    Optional<BigDecimal> runLimit,
    Optional<BigDecimal> dayLimit,
    Optional<BigDecimal> autoApproveDayLimit) {

  /** The conditions on totals, by the words that a routing table has for them. */
  Map<String, Optional<BigDecimal>> limits() {
    return Map.of(
        "runLimit", runLimit, "dayLimit", dayLimit, "autoApproveDayLimit", autoApproveDayLimit);
  }

  /** A higher role for higher amounts, with an escalation path of its own. */
  record Above(BigDecimal amount, Role role, List<Role> escalationPath) {}
}
