package io.countersign.shared;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The realm's roles; those of people are the engine's candidate groups. */
public enum Role {
  REVIEWER,
  SENIOR_REVIEWER,
  FINANCE_APPROVER,
  LEGAL_APPROVER,
  POLICY_OWNER,
  MANAGER,
  AUDITOR,
  PROCESS_DESIGNER,
  OPERATOR,
  AGENT,
  EXECUTOR,
  OUTCOME_REPORTER,
  AI_REVIEWER;

  /** The role's name in Keycloak, for example {@code senior-reviewer}. */
  @JsonValue
  public String realmName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a person with this role can be asked for a decision. */
  public boolean decides() {
    return switch (this) {
      case REVIEWER, SENIOR_REVIEWER, FINANCE_APPROVER, LEGAL_APPROVER, POLICY_OWNER -> true;
      case MANAGER, AUDITOR, PROCESS_DESIGNER, OPERATOR -> false;
      case AGENT, EXECUTOR, OUTCOME_REPORTER, AI_REVIEWER -> false;
    };
  }

  /**
   * The role of that name, or nothing for a name that is not ours (Keycloak has some of its own).
   */
  public static Optional<Role> find(String realmName) {
    return Arrays.stream(values()).filter(role -> role.realmName().equals(realmName)).findFirst();
  }
}
