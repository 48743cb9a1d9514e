package io.countersign.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls over encrypted connections, or on this machine; redirects are not followed. */
final class Http {

  /** Numbers keep every digit that was sent. */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int LONGEST = 8 * 1024 * 1024;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /** An answer, whatever its status; what is no JSON reads as nothing. */
  record Answer(int status, JsonNode body) {
    boolean isGood() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Checks an address to which secrets are sent.
   *
   * @throws Failure if they would be sent in the clear
   */
  static URI safe(String address) {
    try {
      URI uri = URI.create(address);
      boolean isHere = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
      if (uri.getHost() != null
          && uri.getUserInfo() == null
          && ("https".equals(uri.getScheme()) || isHere && "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new Failure(Exit.USAGE, "expected an https address, or one of this machine");
  }

  Answer get(URI address, Map<String, String> headers) {
    return send(HttpRequest.newBuilder(address), headers);
  }

  Answer postJson(URI address, JsonNode body, Map<String, String> headers) {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())),
        headers);
  }

  Answer postForm(URI address, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)),
        Map.of());
  }

  /** Opens what does not end by itself; only its beginning has to come in time. */
  HttpResponse<InputStream> open(URI address, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(LIMIT);
    headers.forEach(request::header);
    return call(request.build(), BodyHandlers.ofInputStream());
  }

  private Answer send(HttpRequest.Builder request, Map<String, String> headers) {
    headers.forEach(request::header);
    request.timeout(LIMIT).header("Accept", "application/json, application/problem+json");
    HttpResponse<InputStream> response = call(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new Failure(Exit.UNAVAILABLE, "the answer is longer than " + LONGEST + " bytes");
      }
      return new Answer(response.statusCode(), read(bytes));
    } catch (IOException e) {
      throw new Failure(Exit.UNAVAILABLE, "the answer broke off", e);
    }
  }

  private static JsonNode read(byte[] bytes) throws IOException {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private <T> HttpResponse<T> call(HttpRequest request, BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new Failure(
          Exit.UNAVAILABLE,
          "no answer from " + Visible.line(String.valueOf(request.uri().getHost())),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.UNAVAILABLE, "interrupted", e);
    }
  }
}
