package io.countersign.audit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Whether the log is in doubt, and why; an alarm the moment it is. */
@Component
class LogStatus {

  private static final Logger log = LoggerFactory.getLogger(LogStatus.class);

  private final Map<Source, String> doubts = new EnumMap<>(Source.class);

  /** Who doubts. */
  enum Source {
    SEQUENCER,
    WITNESS
  }

  synchronized void doubt(Source source, String reason) {
    if (!Objects.equals(doubts.put(source, reason), reason)) {
      log.error("the audit log is in doubt, nothing is signed: {}", reason);
    }
  }

  synchronized void clear(Source source) {
    if (doubts.remove(source) != null) {
      log.warn("the audit log is no longer in doubt by the {}", source);
    }
  }

  synchronized Optional<String> reason() {
    return doubts.values().stream().findFirst();
  }

  /** Refuses while that one doubts. */
  synchronized void requireNoDoubt(Source source) {
    String reason = doubts.get(source);
    if (reason != null) {
      throw new LogInDoubt(reason);
    }
  }
}
