package io.countersign.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls of robots: any node will do, and what failed is sent again as it was. */
final class Calls implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final long PAUSE_MILLIS = 250;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final List<URI> nodes;
  private final Keycloak keycloak;
  private final Tally tally;
  private volatile boolean closed;

  Calls(Cluster cluster, Tally tally) {
    this.nodes = cluster.nodes().stream().map(Node::url).toList();
    this.keycloak = cluster.keycloak();
    this.tally = tally;
  }

  /** Asks until somebody answers. */
  Answer get(Caller caller, String path) throws InterruptedException {
    return settle(caller, "read", node -> HttpRequest.newBuilder(node.resolve(path)));
  }

  /** Sends the same under the same key until it is taken or refused for good. */
  Answer post(Caller caller, String what, String path, JsonNode body, @Nullable String key)
      throws InterruptedException {
    String text = body.toString();
    return settle(
        caller,
        what,
        node -> {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(node.resolve(path))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(text));
          return key == null ? request : request.header("Idempotency-Key", key);
        });
  }

  /** A request for one of the nodes. */
  private interface Draft {
    HttpRequest.Builder to(URI node);
  }

  private Answer settle(Caller caller, String what, Draft draft) throws InterruptedException {
    while (!closed) {
      URI node = nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
      Optional<Answer> answer = attempt(caller, what, draft.to(node));
      if (answer.isPresent() && !answer.get().isPassing()) {
        return answer.get();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    throw new InterruptedException("it is over");
  }

  /** Whoever still asks in vain gives up. */
  @Override
  public void close() {
    closed = true;
  }

  private Optional<Answer> attempt(Caller caller, String what, HttpRequest.Builder request)
      throws InterruptedException {
    try {
      request.header("Authorization", "Bearer " + keycloak.token(caller)).timeout(PATIENCE);
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() == 401) {
        keycloak.forget(caller);
      }
      Answer answer = new Answer(response.statusCode(), parse(response.body()));
      tally.count((what + " " + answer.status() + " " + answer.problem()).strip());
      return Optional.of(answer);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      tally.count(what + " without an answer");
      return Optional.empty();
    }
  }

  private static JsonNode parse(String body) throws IOException {
    return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
  }
}
