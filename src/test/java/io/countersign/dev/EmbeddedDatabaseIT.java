package io.countersign.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
  @TempDir Path folder;

  @Test
  void keepsDataDurablyFromOneStartToTheNext() throws Exception {
    var secrets = Secrets.keptIn(folder.resolve("secrets.properties"));
    try (var first = kept(secrets);
        var connection = first.main().asOwner()) {
      run(connection, "CREATE TABLE kept (text varchar)");
      run(connection, "INSERT INTO kept VALUES ('still here')");
    }

    try (var second = kept(Secrets.keptIn(folder.resolve("secrets.properties")));
        var connection = second.main().asOwner()) {
      assertThat(ask(connection, "SELECT text FROM kept")).isEqualTo("still here");
      assertThat(ask(connection, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(connection, "SHOW synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void stopsAServerLeftOverByAKilledProcess() throws Exception {
    var secrets = Secrets.inMemory();
    var leftover = kept(secrets);
    try (var connection = leftover.main().asOwner()) {
      run(connection, "CREATE TABLE kept AS SELECT 1 AS one");
    }
    // A killed process holds no lock any more; this one, alive, would.
    Files.delete(folder.resolve("pg").resolve("data").resolve("epg-lock"));
    var said = new ArrayList<String>();

    try (var database =
            EmbeddedDatabase.kept(folder.resolve("pg"), Ports.free(), secrets, null, said::add);
        var connection = database.main().asOwner()) {
      assertThat(ask(connection, "SELECT one FROM kept")).isEqualTo("1");
      assertThat(said).anyMatch(line -> line.contains("earlier start still runs"));
    }
  }

  @Test
  void setsAnUnfinishedFirstStartAside() throws Exception {
    var data = Files.createDirectories(folder.resolve("pg").resolve("data"));
    Files.writeString(data.resolve("PG_VERSION"), "17");
    Files.writeString(data.resolve("postgresql.conf"), "");

    try (var database = kept(Secrets.inMemory());
        var connection = database.main().asApp()) {
      assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void saysThatPasswordsAreLostRatherThanWaiting() {
    kept(Secrets.inMemory()).close();

    assertThatThrownBy(() -> kept(Secrets.inMemory()))
        .isInstanceOf(DevException.class)
        .hasMessageContaining("are lost");
  }

  @Test
  void createsEveryDatabaseOnceOnly() {
    var server = EmbeddedDatabase.shared();

    assertThat(server.create("twice")).isEqualTo(server.create("twice"));
  }

  @Test
  void refusesTheApplicationToChangeTheSchema() throws Exception {
    var database = EmbeddedDatabase.shared().fresh();
    try (var owner = database.asOwner();
        var app = database.asApp()) {
      run(owner, "CREATE TABLE secret (n int)");

      assertThatThrownBy(() -> run(app, "CREATE TABLE mine (n int)"))
          .hasMessageContaining("permission denied for schema public");
      assertThatThrownBy(() -> run(app, "SELECT * FROM secret"))
          .hasMessageContaining("permission denied for table secret");
      assertThatThrownBy(() -> run(app, "CREATE TEMP TABLE mine (n int)"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void asksEverybodyForAPassword() {
    var database = EmbeddedDatabase.shared().main();

    for (var user : List.of("postgres", "countersign_owner", "countersign_app")) {
      assertThatThrownBy(() -> DriverManager.getConnection(database.url(), user, "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void listensOnTheLoopbackAddressOnly() throws Exception {
    var port = EmbeddedDatabase.shared().port();

    for (var address : addressesOfThisMachine()) {
      assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(Exception.class);
    }
    try (var connection = EmbeddedDatabase.shared().main().asSuperuser()) {
      assertThat(ask(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(connection, "SHOW unix_socket_directories")).isEmpty();
    }
  }

  private EmbeddedDatabase kept(Secrets secrets) {
    return EmbeddedDatabase.kept(folder.resolve("pg"), Ports.free(), secrets, null, line -> {});
  }

  private static List<InetAddress> addressesOfThisMachine() throws Exception {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .toList();
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
