package io.countersign.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.LogNode.TestLogKey;
import io.countersign.audit.Sequencer.Round;
import io.countersign.audit.merkle.Checkpoint;
import io.countersign.audit.merkle.Hash;
import io.countersign.audit.merkle.Proofs;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.Tile;
import io.countersign.audit.merkle.TiledTree;
import io.countersign.delivery.MigratedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SequencerIT {

  private final MigratedDatabase database = new MigratedDatabase();
  private final List<LogNode> nodes = new ArrayList<>();
  private final TestLogKey key = new TestLogKey();
  private final LogNode node = node(null);

  @TempDir private Path directory;

  private LogNode node(@Nullable Path secondPlace) {
    LogNode added = new LogNode(database, key, secondPlace);
    nodes.add(added);
    return added;
  }

  @AfterEach
  void stop() {
    nodes.forEach(LogNode::close);
    database.close();
  }

  @Test
  void givesEachEntryItsPlaceAndSignsTheTreeOfAll() {
    assertThat(node.sequencer.sequence()).isEqualTo(Round.DONE);
    assertThat(node.store.last()).isEmpty();

    node.append("request.proposed");
    assertThat(node.sequencer.sequence()).isEqualTo(Round.DONE);
    assertThat(signed().checkpoint().size()).isEqualTo(1);
    node.append(Sequencer.BATCH + 300);
    assertThat(node.sequencer.sequence()).isEqualTo(Round.MORE);
    assertThat(node.sequencer.sequence()).isEqualTo(Round.DONE);
    assertThat(node.sequencer.sequence()).isEqualTo(Round.DONE);

    assertSound(1301);
    assertThat(checkpoints()).extracting(Checkpoint::size).containsExactly(1L, 1001L, 1301L);
  }

  @Test
  void waitsForATransactionThatCommitsLate() throws Exception {
    try (Connection late = begin()) {
      insert(late, "late.one");
      node.append("early.one");
      assertThat(node.sequencer.sequence()).isEqualTo(Round.DONE);
      assertThat(node.store.last()).as("the older transaction still runs").isEmpty();
      late.commit();
    }
    node.sequenceAll();
    assertThat(types()).containsExactly("late.one", "early.one");
    assertSound(2);
  }

  @Test
  void takesWhatWasOnlyWrittenAfterAnotherHadItsPlace() throws Exception {
    try (Connection late = database.application().getConnection()) {
      late.setAutoCommit(false);
      node.append("early.one");
      node.sequenceAll();
      insert(late, "late.one");
      node.append("middle.one");
      node.sequenceAll();
      assertThat(types()).containsExactly("early.one");
      late.commit();
    }
    node.sequenceAll();
    assertThat(types()).containsExactly("early.one", "late.one", "middle.one");
    assertSound(3);
  }

  @Test
  void leavesNoGapWhereATransactionWasRolledBack() throws Exception {
    node.append("request.proposed");
    try (Connection undone = begin()) {
      insert(undone, "never.happened");
      undone.rollback();
    }
    node.append("request.approved");
    node.sequenceAll();
    assertThat(types()).containsExactly("request.proposed", "request.approved");
    assertSound(2);
  }

  @Test
  void sequencesOnSeveralNodesAtOnceWhileOthersWrite() throws Exception {
    List<LogNode> all = List.of(node, node(null), node(directory));
    var threads = Executors.newFixedThreadPool(6);
    List<Future<?>> work = new ArrayList<>();
    for (LogNode one : all) {
      work.add(threads.submit((Callable<Void>) () -> write(one)));
      work.add(threads.submit((Callable<Void>) () -> sequence(one)));
    }
    for (Future<?> each : work) {
      each.get();
    }
    threads.shutdown();
    node.sequenceAll();
    assertThat(all).allSatisfy(one -> assertThat(one.status.reason()).isEmpty());
    assertSound(3 * 100);
  }

  private static Void write(LogNode node) {
    for (int i = 0; i < 100; i++) {
      node.append("request.proposed");
    }
    return null;
  }

  private static Void sequence(LogNode node) {
    for (int i = 0; i < 100; i++) {
      node.sequencer.sequence();
    }
    return null;
  }

  /** Numbers of transactions begin anew on the server that a dump is restored to. */
  @Test
  void goesOnAfterTheDatabaseWasRestoredOnAnotherServer() {
    node.append("before.one");
    database.asOwner().sql("alter table audit_entry disable trigger all").update();
    database.asOwner().sql("alter table audit_checkpoint disable trigger all").update();
    node.sequenceAll();
    node.append("before.two");
    database.asOwner().sql("update audit_entry set xid = '1099511627776'").update();
    database.asOwner().sql("update audit_checkpoint set complete = '1099511627700'").update();

    LogNode restored = node(null);
    restored.append("after.one");
    restored.sequenceAll();
    assertThat(types()).contains("before.two", "after.one");
    restored.append("after.two");
    restored.sequenceAll();

    assertThat(types())
        .containsExactlyInAnyOrder("before.one", "before.two", "after.one", "after.two");
    assertSound(4);
  }

  @Test
  void takesEntriesThatWereThereBeforeTheLog() {
    database
        .asOwner()
        .sql(
            "insert into audit_entry (created_at, type, actor, facts, xid)"
                + " select now(), 'old.' || n, 'system', '{}', '3' from generate_series(1, 9) n")
        .update();
    node.append("request.proposed");
    node.sequenceAll();
    assertThat(types()).startsWith("old.1", "old.2").endsWith("old.9", "request.proposed");
    assertSound(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_leaf set hash = hash",
        "delete from audit_leaf",
        "truncate audit_leaf",
        "update audit_node set hash = hash",
        "delete from audit_checkpoint",
        "truncate audit_checkpoint cascade",
        "update audit_cosignature set lines = ''",
        "delete from audit_node",
        "truncate audit_node"
      })
  void letsNobodyChangeTheLog(String statement) {
    node.append(300);
    node.sequenceAll();
    node.store.addCosignature(300, "w", "x", LogNode.NOW);
    assertThatThrownBy(() -> node.jdbc.sql(statement).update())
        .hasStackTraceContaining("permission denied");
    assertThatThrownBy(() -> database.asOwner().sql(statement).update())
        .hasStackTraceContaining("is written once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_leaf set hash = sha256('x') where log_index = 299",
        "update audit_node set hash = sha256('x')",
        "delete from audit_leaf where log_index = 299",
        "insert into audit_leaf values (300, 301, sha256('x'))",
        "update audit_checkpoint set note = replace(note, '300', '299')",
        "update audit_checkpoint set note = 'x'",
        "delete from audit_checkpoint"
      })
  void signsNothingOnceTheDatabaseWasChangedBehindItsBack(String statement) {
    node.append(300);
    node.sequenceAll();
    node.append("request.proposed");
    byForce(statement);

    assertThat(node.sequencer.sequence()).isEqualTo(Round.REFUSED);
    assertThat(node.status.reason()).isPresent();
    assertThat(node(null).sequencer.sequence()).isEqualTo(Round.REFUSED);
  }

  @Test
  void noticesADatabaseThatWasSetBackByItsSecondPlace() throws Exception {
    LogNode careful = node(directory);
    careful.append(3);
    careful.sequenceAll();
    careful.append(3);
    careful.sequenceAll();
    assertThat(Files.readString(directory.resolve("checkpoint"))).contains("\n6\n");

    byForce("delete from audit_leaf where log_index >= 3");
    byForce("delete from audit_checkpoint where size > 3");
    assertThat(careful.sequencer.sequence()).isEqualTo(Round.REFUSED);
    assertThat(careful.status.reason())
        .hasValueSatisfying(it -> assertThat(it).contains("set back"));
    assertThat(node.store.last().orElseThrow().size()).isEqualTo(3);

    node.sequenceAll();
    node.append("request.proposed");
    node.sequenceAll();
    assertThat(careful.sequencer.sequence())
        .as("a log that went on from the older state, the same six first")
        .isNotEqualTo(Round.REFUSED);
  }

  @Test
  void noticesAForkByItsSecondPlace() throws Exception {
    LogNode careful = node(directory);
    careful.append(3);
    careful.sequenceAll();
    Checkpoint other = new Checkpoint("approve.example/log", 2, Hash.leaf(new byte[] {1}));
    Files.write(directory.resolve("checkpoint"), key.signer().sign(other).bytes());
    careful.append(1);

    assertThat(careful.sequencer.sequence()).isEqualTo(Round.REFUSED);
    assertThat(careful.status.reason())
        .hasValueSatisfying(it -> assertThat(it).contains("the database was changed"));
    Files.writeString(directory.resolve("checkpoint"), "nonsense");
    assertThat(careful.sequencer.sequence()).isEqualTo(Round.REFUSED);
    Files.delete(directory.resolve("checkpoint"));
    assertThat(careful.sequencer.sequence()).isEqualTo(Round.DONE);
    assertThat(careful.status.reason()).isEmpty();
    assertSound(4);
  }

  @Test
  void continuesNoLogOfAnotherKeyUnlessToldThatItIsTheFormerOne() {
    node.append(2);
    node.sequenceAll();
    TestLogKey fresh = new TestLogKey();
    LogNode changed = new LogNode(database, fresh, null);
    nodes.add(changed);
    changed.append(1);
    assertThat(changed.sequencer.sequence()).isEqualTo(Round.REFUSED);

    LogNode told = new LogNode(database, fresh, null, List.of(key.verifier()));
    nodes.add(told);
    assertThat(told.sequencer.sequence()).isEqualTo(Round.DONE);
    assertThat(signed().isSignedBy(fresh.verifier())).isTrue();
  }

  private SignedCheckpoint signed() {
    return node.store.last().orElseThrow().checkpoint();
  }

  private List<Checkpoint> checkpoints() {
    return node
        .jdbc
        .sql("select note from audit_checkpoint order by size")
        .query(String.class)
        .list()
        .stream()
        .map(LogStore::parse)
        .map(SignedCheckpoint::checkpoint)
        .toList();
  }

  private List<String> types() {
    return node.jdbc
        .sql(
            "select type from audit_leaf l join audit_entry e on e.seq = l.entry"
                + " order by log_index")
        .query(String.class)
        .list();
  }

  /** Every entry once, no gap, and each checkpoint the tree of what is there. */
  private void assertSound(int size) {
    assertThat(node.jdbc.sql("select count(*) from audit_entry").query(Long.class).single())
        .isEqualTo(size);
    assertThat(
            node.jdbc
                .sql("select log_index from audit_leaf order by log_index")
                .query(Long.class)
                .list())
        .containsExactlyElementsOf(LongStream.range(0, size).boxed().toList());
    for (long number = 0; number * Tile.WIDTH < size; number++) {
      List<Hash> hashes = node.store.read(Tile.of(0, number, size));
      List<byte[]> entries = node.store.entries(Tile.of(Tile.ENTRIES, number, size));
      assertThat(entries.stream().map(Hash::leaf)).containsExactlyElementsOf(hashes);
    }
    assertThat(signed().isSignedBy(key.verifier())).isTrue();
    TiledTree tree = new TiledTree(size, node.store);
    assertThat(signed().checkpoint())
        .isEqualTo(new Checkpoint("approve.example/log", size, tree.root()));
    for (Checkpoint older : checkpoints()) {
      assertThat(
              Proofs.extend(
                  older.size(),
                  older.root(),
                  size,
                  tree.root(),
                  tree.consistencyProof(older.size())))
          .isTrue();
    }
  }

  private Connection begin() throws Exception {
    Connection connection = database.application().getConnection();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("select pg_current_xact_id()");
    }
    return connection;
  }

  private static void insert(Connection connection, String type) throws Exception {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "insert into audit_entry (created_at, type, actor, facts) values (now(), '"
              + type
              + "', 'system', '{}')");
    }
  }

  private void byForce(String statement) {
    database.asOwner().sql("set session_replication_role = replica; " + statement).update();
  }
}
