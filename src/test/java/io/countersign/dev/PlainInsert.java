package io.countersign.dev;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;

/** The database alone: one row of 4 KB inserted and committed over a connection kept open. */
final class PlainInsert implements Bench.Client {
  private static final int BYTES = 4_096;

  private final Connection connection;
  private final PreparedStatement insert;

  PlainInsert(Database database) throws SQLException {
    connection = database.asOwner();
    try (var create = connection.createStatement()) {
      create.execute("select pg_advisory_lock(1)");
      create.execute(
          "create table if not exists plain_insert (id bigint generated always as identity"
              + " primary key, body bytea not null)");
      create.execute("select pg_advisory_unlock(1)");
    }
    connection.setAutoCommit(false);
    insert = connection.prepareStatement("insert into plain_insert (body) values (?)");
    var body = new byte[BYTES];
    // What compresses well would not be 4 KB on the disk.
    new Random(1).nextBytes(body);
    insert.setBytes(1, body);
  }

  @Override
  public void run() throws SQLException {
    insert.executeUpdate();
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
