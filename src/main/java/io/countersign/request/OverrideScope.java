package io.countersign.request;

import io.countersign.shared.WireName;

/** Whom an override is for. */
public enum OverrideScope implements WireName {
  ALL,
  ACTION,
  RUN,
  AGENT,
  POLICY
}
