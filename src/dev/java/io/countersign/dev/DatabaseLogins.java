package io.countersign.dev;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The three logins of the server and what each of them may do. */
record DatabaseLogins(Login superuser, Login owner, Login app) {
  static final String SUPERUSER_PASSWORD = "database.superuser";

  static DatabaseLogins from(Secrets secrets) {
    return new DatabaseLogins(
        new Login("postgres", secrets.get(SUPERUSER_PASSWORD)),
        new Login("countersign_owner", secrets.get("database.owner")),
        new Login("countersign_app", secrets.get("database.app")));
  }

  /** For initdb only, which reads the password from a file. */
  Path superuserPasswordFile() throws IOException {
    var file = Files.createTempFile("countersign", ".pw");
    file.toFile().deleteOnExit();
    Files.writeString(file, superuser.password());
    return file;
  }

  /** The binaries come with "trust": whoever can connect would be superuser. */
  static void requirePasswords(File data) {
    try {
      Files.writeString(
          data.toPath().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void createRoles(Connection connection) throws SQLException {
    try (connection) {
      for (var login : List.of(owner, app)) {
        var role = login.user();
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
          run(connection, "CREATE ROLE " + role);
        }
        run(
            connection,
            "ALTER ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '%s'"
                .formatted(role, login.password()));
      }
    }
  }

  void createDatabase(Connection connection, String name) throws SQLException {
    try (connection) {
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
        run(connection, "CREATE DATABASE %s OWNER %s".formatted(name, owner.user()));
      }
      run(connection, "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
      run(connection, "GRANT CONNECT ON DATABASE %s TO %s".formatted(name, app.user()));
    }
  }

  void grantRights(Connection connection, String name) throws SQLException {
    try (connection) {
      run(connection, "ALTER DATABASE %s OWNER TO %s".formatted(name, owner.user()));
      run(connection, "ALTER SCHEMA public OWNER TO " + owner.user());
      run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
      run(connection, "GRANT USAGE ON SCHEMA public TO " + app.user());
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
