package io.countersign.dev;

/** A name and its password. */
public record Login(String user, String password) {
  @Override
  public String toString() {
    return user;
  }
}
