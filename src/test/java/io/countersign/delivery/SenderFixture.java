package io.countersign.delivery;

import static org.awaitility.Awaitility.await;

import io.countersign.shared.RequestId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Nodes that send to two real receivers, {@code a} and {@code b}. */
@Timeout(60)
abstract class SenderFixture {

  final MigratedDatabase database = new MigratedDatabase();
  final MovableClock clock = new MovableClock();
  final List<Node> nodes = new ArrayList<>();
  Receiver receiver;
  Receiver other;

  @BeforeEach
  void startReceivers() throws Exception {
    receiver = new Receiver();
    other = new Receiver();
  }

  @AfterEach
  void stopAll() {
    nodes.forEach(Node::close);
    receiver.close();
    other.close();
    database.close();
  }

  Node node() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("countersign.delivery.endpoints.a.default.url", "http://" + receiver.address());
    properties.put("countersign.delivery.endpoints.b.default.url", "http://" + other.address());
    properties.put(
        "countersign.delivery.allowed-addresses", receiver.address() + "," + other.address());
    Node node = new Node(database, clock, properties);
    nodes.add(node);
    return node;
  }

  static OutgoingMessage message(String endpoint, String body) {
    return message(endpoint, body, Optional.empty());
  }

  static OutgoingMessage message(String endpoint, String body, Optional<RequestId> request) {
    return new OutgoingMessage(
        endpoint, "approval.decided", request, body.getBytes(StandardCharsets.UTF_8));
  }

  void wake() {
    database.asOwner().sql("select pg_notify('countersign_delivery', '')").query().singleRow();
  }

  void awaitStatus(String id, String status) {
    await()
        .until(
            () ->
                database
                    .asOwner()
                    .sql("select status from delivery where id = ?")
                    .param(id)
                    .query(String.class)
                    .single()
                    .equals(status));
  }

  void awaitAttempts(int attempts) {
    await()
        .until(
            () ->
                database
                        .asOwner()
                        .sql("select attempts from delivery order by id limit 1")
                        .query(Integer.class)
                        .single()
                    == attempts);
  }

  Instant nextAttempt() {
    return database
        .asOwner()
        .sql("select next_attempt_at from delivery order by id limit 1")
        .query(java.sql.Timestamp.class)
        .single()
        .toInstant();
  }

  String lastError() {
    return database
        .asOwner()
        .sql("select last_error from delivery order by id limit 1")
        .query(String.class)
        .single();
  }

  long count(String status) {
    return database
        .asOwner()
        .sql("select count(*) from delivery where status = ?")
        .param(status)
        .query(Long.class)
        .single();
  }

  List<String> audited(String type) {
    return database
        .asOwner()
        .sql("select facts from audit_entry where type = ?")
        .param(type)
        .query(String.class)
        .list();
  }
}
