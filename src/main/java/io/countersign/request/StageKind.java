package io.countersign.request;

import io.countersign.shared.WireName;

/** Who looks in a stage. */
public enum StageKind implements WireName {
  PERSON,
  AI
}
