package io.countersign.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/** The calls that the benchmark repeats, with tokens renewed before they end. */
final class BenchCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long RENEW_NANOS = 120L * 1_000_000_000L;

  /** Without an endpoint of its own, so that no webhook is sent. */
  private static final String AGENT = "publishing-agent";

  /** Makes the body about 4 KB, as agents' reasons are. */
  private static final String RATIONALE =
      "The order arrived broken; the photo shows it. ".repeat(85);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String proposals;
  private final LocalKeycloak keycloak;
  private Tokens tokens;

  private record Tokens(String agent, String person, long taken) {}

  BenchCalls(String url, LocalKeycloak keycloak) throws Exception {
    this.url = url;
    this.proposals = url + "/api/v1/approval-requests";
    this.keycloak = keycloak;
    this.tokens = take(keycloak);
  }

  private static Tokens take(LocalKeycloak keycloak) throws Exception {
    var person =
        new CodeFlow(keycloak, "countersign-cli", null, "http://127.0.0.1/callback")
            .signIn("rita", "rita")
            .path("access_token")
            .asText();
    return new Tokens(keycloak.clientToken(AGENT, AGENT), person, System.nanoTime());
  }

  private synchronized Tokens tokens() throws Exception {
    if (System.nanoTime() - tokens.taken() > RENEW_NANOS) {
      tokens = take(keycloak);
    }
    return tokens;
  }

  /**
   * A proposal that needs nobody: the grant comes with the answer. Small and in a currency of its
   * own, so that all of them stay below the limits of a day.
   */
  void autoApproved() throws Exception {
    require(propose("0.50", "GBP").path("decision").path("grant").isTextual(), "a grant");
  }

  /** A proposal, a person's decision, and the answer with its grant. */
  void roundTrip() throws Exception {
    var request = propose("240.00", "EUR");
    var address = proposals + "/" + request.path("id").asText();
    var decision =
        JSON.createObjectNode()
            .put("decision", "approve")
            .put("actionDigest", request.path("actionDigest").asText());
    post(address + "/decisions", tokens().person(), decision.toString());
    var answer = send(HttpRequest.newBuilder(URI.create(address)), tokens().agent());
    require(answer.path("decision").path("grant").isTextual(), "a grant");
  }

  /** A proposal that waits for people; its id. */
  String waiting() throws Exception {
    return propose("240.00", "EUR").path("id").asText();
  }

  /** A page of a reviewer's inbox, which has to hold something unless it is what they hold. */
  void inbox(String query) throws Exception {
    var address = URI.create(url + "/api/v1/inbox" + query);
    var page = send(HttpRequest.newBuilder(address), tokens().person());
    require(page.path("count").asLong() > 0 || query.contains("held"), "what waits");
  }

  private JsonNode propose(String amount, String currency) throws Exception {
    var body = JSON.createObjectNode().put("action", "process_refund").put("confidence", 0.9);
    body.put("rationale", RATIONALE);
    body.putObject("parameters")
        .put("orderId", "10428")
        .put("amount", amount)
        .put("currency", currency);
    return post(proposals, tokens().agent(), body.toString());
  }

  private JsonNode post(String address, String token, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(body)),
        token);
  }

  private JsonNode send(HttpRequest.Builder request, String token)
      throws IOException, InterruptedException {
    var answer =
        client.send(
            request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
    require(answer.statusCode() / 100 == 2, "2xx, found " + answer.statusCode() + answer.body());
    return JSON.readTree(answer.body());
  }

  private static void require(boolean met, String expected) {
    if (!met) {
      throw new DevException("expected " + expected);
    }
  }
}
