package io.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.cli.SessionFile.Session;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application, called by whoever is signed in. */
final class Server {

  private static final int UNAUTHORIZED = 401;
  private static final int FIRST_FAULT_OF_THE_SERVER = 500;

  /** A token is not used in its last seconds: it could end on the way. */
  private static final long RESERVE_SECONDS = 20;

  private final Http http;
  private final SessionFile file;
  private @Nullable AccessToken token;

  Server(Http http, SessionFile file) {
    this.http = http;
    this.file = file;
  }

  private record AccessToken(String value, String server, long endsAtNanos) {}

  JsonNode get(String path) {
    AccessToken current = token();
    return good(http.get(address(current, path), headers(current)));
  }

  JsonNode post(String path, JsonNode body) {
    AccessToken current = token();
    return good(http.postJson(address(current, path), body, headers(current)));
  }

  /** What the server goes on telling. */
  HttpResponse<InputStream> open(String path) {
    AccessToken current = token();
    return http.open(address(current, path), headers(current));
  }

  /** Where it is, without a slash at the end. */
  String address() {
    return token().server();
  }

  private static URI address(AccessToken current, String path) {
    return Http.safe(current.server() + path);
  }

  private static Map<String, String> headers(AccessToken current) {
    return Map.of("Authorization", "Bearer " + current.value());
  }

  private AccessToken token() {
    AccessToken held = token;
    if (held == null || held.endsAtNanos() - System.nanoTime() < 0) {
      held = file.alone(this::renew);
      token = held;
    }
    return held;
  }

  private AccessToken renew() {
    Session session =
        file.read().orElseThrow(() -> new Failure(Exit.SIGN_IN, "sign in first (login)"));
    Http.Answer answer =
        Issuer.at(session.issuer(), http)
            .post(
                "token_endpoint",
                Map.of(
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    session.refreshToken(),
                    "client_id",
                    Issuer.CLIENT));
    if (!answer.isGood()) {
      throw answer.status() >= FIRST_FAULT_OF_THE_SERVER
          ? new Failure(Exit.UNAVAILABLE, "the issuer does not answer as it should")
          : new Failure(Exit.SIGN_IN, "your sign-in is over: sign in again (login)");
    }
    JsonNode issued = answer.body();
    if (issued.hasNonNull("refresh_token")) {
      file.write(session.renewed(issued.get("refresh_token").asText()));
    }
    long lasts = issued.path("expires_in").asLong() - RESERVE_SECONDS;
    return new AccessToken(
        issued.path("access_token").asText(),
        session.server(),
        System.nanoTime() + lasts * 1_000_000_000L);
  }

  private static JsonNode good(Http.Answer answer) {
    if (answer.isGood()) {
      return answer.body();
    }
    String detail = Visible.line(answer.body().path("detail").asText("no reason given"));
    if (answer.status() == UNAUTHORIZED) {
      throw new Failure(Exit.SIGN_IN, detail);
    }
    throw new Failure(
        answer.status() >= FIRST_FAULT_OF_THE_SERVER ? Exit.UNAVAILABLE : Exit.REFUSED,
        detail + " (" + answer.status() + ")");
  }
}
