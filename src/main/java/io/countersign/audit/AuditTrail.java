package io.countersign.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.sealing.RequestKeys;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import io.countersign.shared.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Appends to the record.
 *
 * <p>An entry is written in the transaction of the change it tells of: both are kept or neither.
 * The application's database role can insert and read entries, and nothing else.
 */
@Component
public class AuditTrail {

  private final JdbcClient jdbc;
  private final RequestKeys keys;
  private final Clock clock;
  private final ApplicationEventPublisher events;
  private final ObjectMapper mapper = new ObjectMapper();

  AuditTrail(JdbcClient jdbc, RequestKeys keys, Clock clock, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Appends one entry.
   *
   * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
   * @throws IllegalArgumentException if it is larger than the log can hold
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void append(AuditEvent event) {
    byte[] canonical = CanonicalJson.bytes(mapper.valueToTree(committed(event)));
    String facts = new String(canonical, StandardCharsets.UTF_8);
    Instant at = clock.instant();
    RequestId request = event.request().orElse(null);
    EntryBytes.requireRoom(at, event.type(), request, event.actor(), facts);
    jdbc.sql(
            "insert into audit_entry (created_at, type, request_id, actor, facts)"
                + " values (?, ?, ?, ?, ?)")
        .params(
            Timestamp.from(at),
            event.type(),
            event.request().map(RequestId::uuid).orElse(null),
            event.actor(),
            facts)
        .update();
    events.publishEvent(new EntryAppended());
  }

  private Map<String, Object> committed(AuditEvent event) {
    Map<String, Object> facts = new TreeMap<>(event.facts());
    facts.replaceAll(
        (name, fact) ->
            fact instanceof ActionDigest digest
                ? keys.commit(event.request().orElseThrow(), digest)
                : fact);
    return facts;
  }
}
