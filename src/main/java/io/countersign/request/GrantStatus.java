package io.countersign.request;

import io.countersign.shared.WireName;

/** Whether an approved action may be carried out now. */
public enum GrantStatus implements WireName {
  /** The request is not approved. */
  NONE,
  /** Its executor may redeem a grant. */
  READY,
  /** It may be soon: the published log does not hold the approval yet. */
  AWAITING_PROOF,
  /** An operator stopped its agent, action, run or policy, or everything. */
  STOPPED,
  /** It was not redeemed in time. */
  ENDED,
  /** A grant was used. */
  REDEEMED
}
