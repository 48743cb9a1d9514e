package io.countersign.policy;

import io.countersign.shared.Role;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Which parameter is the amount, and what amounts decide. */
record AmountRules(
    Optional<String> parameter,
    Optional<String> currency,
    Optional<BigDecimal> autoApproveBelow,
    Optional<BigDecimal> reviewFrom,
    Optional<Above> above) {

  /** A higher role for higher amounts, with an escalation path of its own. */
  record Above(BigDecimal amount, Role role, List<Role> escalationPath) {}
}
