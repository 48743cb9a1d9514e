package io.countersign.chaos;

/** A demo person or client, whose password or secret is the name. */
record Caller(String name, boolean isPerson) {

  static Caller client(String name) {
    return new Caller(name, false);
  }

  static Caller person(String name) {
    return new Caller(name, true);
  }
}
