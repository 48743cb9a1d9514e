package io.countersign.chaos;

import io.countersign.dev.CodeFlow;
import io.countersign.dev.LocalKeycloak;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The identity provider, which may be down; and the tokens that were got while it was not. */
final class Keycloak implements AutoCloseable {

  private static final Duration KEPT = Duration.ofMinutes(2);

  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private volatile LocalKeycloak server = LocalKeycloak.temporary();

  private record Token(String value, long issued) {

    boolean isOld() {
      return System.nanoTime() - issued > KEPT.toNanos();
    }
  }

  String url() {
    return server.url();
  }

  /** Ends as by {@code kill -9}, and starts again. */
  void crash() {
    server.process().kill();
    server = server.again();
  }

  void pause() {
    Signals.STOP.send(server.process().pid());
  }

  void resume() {
    Signals.CONT.send(server.process().pid());
  }

  /**
   * A token of a demo client or person.
   *
   * @throws Exception if Keycloak does not answer
   */
  String token(Caller caller) throws Exception {
    Token known = tokens.get(caller.name());
    if (known == null || known.isOld()) {
      known = new Token(ask(caller), System.nanoTime());
      tokens.put(caller.name(), known);
    }
    return known.value();
  }

  /** Forgets a token that somebody did not believe. */
  void forget(Caller caller) {
    tokens.remove(caller.name());
  }

  private String ask(Caller caller) throws Exception {
    return caller.isPerson()
        ? new CodeFlow(server, "countersign-cli", null, "http://127.0.0.1/callback")
            .signIn(caller.name(), caller.name())
            .path("access_token")
            .asText()
        : server.clientToken(caller.name(), caller.name());
  }

  @Override
  public void close() {
    server.close();
  }
}
