package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.engine.NodeClockAlarm;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps in the record which node took no jobs because of its clock, and when it did again. */
@Component
class NodeClockRecord {

  private final AuditTrail audit;

  NodeClockRecord(AuditTrail audit) {
    this.audit = audit;
  }

  @EventListener
  @Transactional
  public void note(NodeClockAlarm alarm) {
    audit.append(
        new AuditEvent(
            alarm.inLine() ? "node.clock_right_again" : "node.clock_off",
            Optional.empty(),
            "system",
            Map.of("node", alarm.node(), "offsetMillis", alarm.offset().toMillis())));
  }
}
