package io.countersign.handback;

import java.util.Locale;

/** What a key signs; each purpose has its own key, so that no signature can stand for another. */
public enum KeyPurpose {
  GRANTS,
  WEBHOOKS,
  LOG;

  /** The purpose as files, settings and the published keys name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
