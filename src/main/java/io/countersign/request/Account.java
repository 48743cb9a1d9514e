package io.countersign.request;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an amount is counted under.
 *
 * @param currency empty where the action has only one
 * @param run the agent's name for its workflow, if it gave one
 */
public record Account(String agent, String action, String currency, Optional<String> run) {

  /** An amount of this account that a request asks for. */
  record Entry(Account account, String day, BigDecimal amount, boolean autoApproved) {

    BigDecimal autoApprovedAmount() {
      return autoApproved ? amount : BigDecimal.ZERO;
    }

    Entry corrected(BigDecimal to, String currency) {
      return new Entry(
          new Account(account.agent(), account.action(), currency, account.run()), day, to, false);
    }
  }
}
