package io.countersign.dev;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** One database: its address, its owner (migrations) and the application's role (no DDL). */
public record Database(String url, Login owner, Login app, Login superuser) {

  /** Connects as the owner, who may change the schema. */
  public Connection asOwner() throws SQLException {
    return connect(owner);
  }

  /** Connects as the application's role, which may not. */
  public Connection asApp() throws SQLException {
    return connect(app);
  }

  /** Connects as the superuser of the server. */
  public Connection asSuperuser() throws SQLException {
    return connect(superuser);
  }

  private Connection connect(Login login) throws SQLException {
    return DriverManager.getConnection(url, login.user(), login.password());
  }
}
