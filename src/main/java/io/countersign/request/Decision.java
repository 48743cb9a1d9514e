package io.countersign.request;

import io.countersign.shared.WireName;

/** What a person can say of a request. */
public enum Decision implements WireName {
  APPROVE,
  EDIT,
  REJECT
}
