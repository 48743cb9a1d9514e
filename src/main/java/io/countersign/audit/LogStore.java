package io.countersign.audit;

import io.countersign.audit.merkle.Hash;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.Tile;
import io.countersign.audit.merkle.TileReader;
import io.countersign.shared.RequestId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The log as the database keeps it; its rows are written once. */
@Component
class LogStore implements TileReader {

  private static final String ONE_AT_A_TIME = "select pg_try_advisory_xact_lock(1668246635, 2)";

  /**
   * What has no index yet and is final: of transactions older than any that still runs. A number
   * that PostgreSQL has not given to any transaction yet stems from the server that this database
   * was restored from, and is final too.
   */
  private static final String PENDING =
      """
      select e.seq, e.created_at, e.type, e.request_id, e.actor, e.facts, e.xid::text as xid
      from audit_entry e
      where (e.xid, e.seq) > (:from::xid8, :entry)
        and (e.xid < :oldest::xid8 or e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
        and not exists (select 1 from audit_leaf l where l.entry = e.seq)
      order by e.xid, e.seq limit :limit
      """;

  /** A batch that was cut off reached its last entry, any other all of an older transaction. */
  private static final String LAST =
      """
      select note, complete::text, coalesce(
        (select e.seq from audit_leaf l join audit_entry e on e.seq = l.entry
         where l.log_index = c.size - 1 and e.xid = c.complete), 0)
      from audit_checkpoint c order by size desc limit 1
      """;

  private static final String ADD_LEAVES =
      """
      insert into audit_leaf (log_index, entry, hash)
      select :size + n - 1, entry, hash
      from unnest(:entries::bigint[], :hashes::bytea[]) with ordinality as leaf (entry, hash, n)
      """;

  private final JdbcClient jdbc;

  LogStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How far the log reaches, in the order in which entries get their places.
   *
   * @param transaction all before it are in the log
   * @param entry of that transaction, all up to this one
   */
  record Reached(String transaction, long entry) {
    static final Reached NOTHING = new Reached("0", 0);
  }

  /** A signed checkpoint and how far it reaches. */
  record Stored(SignedCheckpoint checkpoint, Reached reached) {
    long size() {
      return checkpoint.checkpoint().size();
    }
  }

  /**
   * An entry that has no index yet.
   *
   * @param transaction who wrote it
   */
  record Pending(LogEntry entry, String transaction) {
    Reached reached() {
      return new Reached(transaction, entry.entry());
    }
  }

  /**
   * Which transactions may still be running.
   *
   * @param oldest all before this one are finished
   * @param next the number that the next one gets
   */
  record Snapshot(String oldest, String next) {}

  /** Takes the sequencer's place until the end of the transaction; false if another node has it. */
  boolean lock() {
    return jdbc.sql(ONE_AT_A_TIME).query(Boolean.class).single();
  }

  Snapshot snapshot() {
    return jdbc.sql(
            "select pg_snapshot_xmin(s)::text, pg_snapshot_xmax(s)::text"
                + " from pg_current_snapshot() as s")
        .query((row, n) -> new Snapshot(row.getString(1), row.getString(2)))
        .single();
  }

  List<Pending> pending(Reached from, Snapshot before, int limit) {
    return jdbc.sql(PENDING)
        .param("from", from.transaction())
        .param("entry", from.entry())
        .param("oldest", before.oldest())
        .param("limit", limit)
        .query((row, n) -> new Pending(entry(row), row.getString("xid")))
        .list();
  }

  static LogEntry entry(ResultSet row) throws SQLException {
    UUID request = row.getObject("request_id", UUID.class);
    return new LogEntry(
        row.getLong("seq"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("type"),
        request == null ? null : new RequestId(request),
        row.getString("actor"),
        row.getString("facts"));
  }

  /** How many entries have an index. */
  long size() {
    return jdbc.sql("select coalesce(max(log_index) + 1, 0) from audit_leaf")
        .query(Long.class)
        .single();
  }

  Optional<Stored> last() {
    return jdbc.sql(LAST)
        .query(
            (row, n) ->
                new Stored(parse(row.getString(1)), new Reached(row.getString(2), row.getLong(3))))
        .optional();
  }

  static SignedCheckpoint parse(String note) {
    try {
      return SignedCheckpoint.parse(note.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new LogInDoubt("a stored checkpoint is none: " + e.getMessage(), e);
    }
  }

  void addLeaves(long size, List<Long> entries, List<Hash> hashes) {
    jdbc.sql(ADD_LEAVES)
        .param("size", size)
        .param("entries", entries.toArray(Long[]::new))
        .param("hashes", hashes.stream().map(Hash::bytes).toArray(byte[][]::new))
        .update();
  }

  /** Keeps the root of a full tile. */
  void addNode(Tile below, Hash root) {
    jdbc.sql("insert into audit_node (level, number, hash) values (?, ?, ?)")
        .params(below.level() + 1, below.number(), root.bytes())
        .update();
  }

  void addCheckpoint(Stored signed, Instant now) {
    jdbc.sql(
            "insert into audit_checkpoint (size, note, complete, created_at)"
                + " values (?, ?, ?::xid8, ?)")
        .params(
            signed.size(),
            text(signed.checkpoint()),
            signed.reached().transaction(),
            Timestamp.from(now))
        .update();
  }

  static String text(SignedCheckpoint checkpoint) {
    return new String(checkpoint.bytes(), StandardCharsets.UTF_8);
  }

  /** The hashes of a tile that the log must have. */
  @Override
  public List<Hash> read(Tile tile) {
    return find(tile)
        .orElseThrow(() -> new LogInDoubt("hashes of " + tile.path() + " are missing"));
  }

  /** The hashes of a tile; nothing if the log does not reach so far. */
  Optional<List<Hash>> find(Tile tile) {
    String sql =
        tile.level() == 0
            ? "select hash from audit_leaf where log_index >= :first and log_index < :end"
                + " order by log_index"
            : "select hash from audit_node where level = :level and number >= :first"
                + " and number < :end order by number";
    List<Hash> hashes =
        jdbc.sql(sql)
            .param("level", tile.level())
            .param("first", tile.first())
            .param("end", tile.first() + tile.width())
            .query((row, n) -> Hash.of(row.getBytes("hash")))
            .list();
    return hashes.size() == tile.width() ? Optional.of(hashes) : Optional.empty();
  }

  /** The entries of a bundle, in the order of the log. */
  List<byte[]> entries(Tile bundle) {
    return jdbc.sql(
            "select e.seq, e.created_at, e.type, e.request_id, e.actor, e.facts"
                + " from audit_leaf l join audit_entry e on e.seq = l.entry"
                + " where l.log_index >= ? and l.log_index < ? order by l.log_index")
        .params(bundle.first(), bundle.first() + bundle.width())
        .query((row, n) -> entry(row).bytes())
        .list();
  }

  /** The entry at a place that the log has. */
  byte[] entry(long index) {
    return jdbc.sql(
            "select e.seq, e.created_at, e.type, e.request_id, e.actor, e.facts"
                + " from audit_leaf l join audit_entry e on e.seq = l.entry where l.log_index = ?")
        .param(index)
        .query((row, n) -> entry(row).bytes())
        .single();
  }

  /** The newest checkpoint that at least so many of these witnesses have signed. */
  Optional<SignedCheckpoint> newest(List<String> witnesses, int quorum) {
    if (quorum == 0) {
      return last().map(Stored::checkpoint);
    }
    return jdbc.sql(
            "select note from audit_checkpoint where size = (select size from audit_cosignature"
                + " where witness = any(:witnesses) group by size having count(*) >= :quorum"
                + " order by size desc limit 1)")
        .param("witnesses", witnesses.toArray(String[]::new))
        .param("quorum", quorum)
        .query(String.class)
        .optional()
        .map(LogStore::parse);
  }

  /** The signature lines of witnesses for the checkpoint of this size. */
  String cosignatures(long size) {
    return String.join(
        "",
        jdbc.sql("select lines from audit_cosignature where size = ? order by witness")
            .param(size)
            .query(String.class)
            .list());
  }

  /** The largest size that the witness has signed; 0 if none. */
  long cosigned(String witness) {
    return jdbc.sql("select coalesce(max(size), 0) from audit_cosignature where witness = ?")
        .param(witness)
        .query(Long.class)
        .single();
  }

  void addCosignature(long size, String witness, String lines, Instant now) {
    jdbc.sql(
            "insert into audit_cosignature (size, witness, lines, created_at)"
                + " values (?, ?, ?, ?) on conflict do nothing")
        .params(size, witness, lines, Timestamp.from(now))
        .update();
  }

  /** The place of the newest entry of a request with this type; nothing while it has none. */
  Optional<Long> place(RequestId request, String type) {
    return jdbc.sql(
            "select l.log_index from audit_leaf l where l.entry = (select seq from audit_entry"
                + " where request_id = ? and type = ? order by seq desc limit 1)")
        .params(request.uuid(), type)
        .query(Long.class)
        .optional();
  }
}
