package io.countersign.request;

import io.countersign.shared.WireName;

/** What kind of answer the agent is after. */
public enum InteractionPattern implements WireName {
  APPROVAL_GATE,
  CLARIFICATION,
  QUALITY_REVIEW,
  DECISION_SUPPORT,
  EXCEPTION
}
