package io.countersign.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody in front of the application: sends a token if there is one, else keeps cookies as a
 * browser does and sends the tokens against forged requests back.
 */
public final class Visitor {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
  private static final int MOST_REDIRECTS = 10;

  private final URI home;
  private final String token;
  private final Map<String, String> cookies = new ConcurrentHashMap<>();

  Visitor(URI home, String token) {
    this.home = home;
    this.token = token;
  }

  /** Asks for a page or resource; follows no redirect. */
  public HttpResponse<String> get(String path) {
    return send("GET", path, BodyPublishers.noBody(), Map.of());
  }

  /** The same with further headers. */
  public HttpResponse<String> get(String path, Map<String, String> headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  /** How a page or stream is answered, without reading it: a stream may never end. */
  public int knock(String path) {
    var answer =
        exchange("GET", path, BodyPublishers.noBody(), Map.of(), BodyHandlers.ofInputStream());
    try (var body = answer.body()) {
      return answer.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends JSON, with the tokens that a page of ours or of Camunda's would send. */
  public HttpResponse<String> post(String path, Object body) {
    return post(path, body, Map.of());
  }

  /** Sends JSON with further headers, which replace the usual ones. */
  public HttpResponse<String> post(String path, Object body, Map<String, String> headers) {
    return send("POST", path, headers, body);
  }

  /** Sends JSON by any method. */
  public HttpResponse<String> send(
      String method, String path, Map<String, String> headers, Object body) {
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all.put("Content-Type", "application/json");
    all.put("X-COUNTERSIGN-XSRF", cookie("COUNTERSIGN-XSRF"));
    all.put("X-XSRF-TOKEN", cookie("XSRF-TOKEN"));
    all.putAll(headers);
    all.values().removeIf(String::isEmpty);
    return send(method, path, BodyPublishers.ofString(json(body)), all);
  }

  /** The value of a cookie; empty if there is none. */
  public String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  /** Goes where a link leads, redirect by redirect, as a browser does. */
  public HttpResponse<String> follow(String path) {
    var response = get(path);
    for (int i = 0; i < MOST_REDIRECTS && response.statusCode() / 100 == 3; i++) {
      var target = response.headers().firstValue("Location").orElseThrow();
      response = get(response.uri().resolve(target).toString());
    }
    return response;
  }

  void signIn(String user, String password) {
    var page = follow("/camunda/app/welcome/default/");
    var form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new IllegalStateException("no sign-in form: " + page.statusCode() + " " + page.body());
    }
    var answer =
        send(
            "POST",
            form.group(1).replace("&amp;", "&"),
            BodyPublishers.ofString(encode(Map.of("username", user, "password", password))),
            Map.of("Content-Type", "application/x-www-form-urlencoded"));
    var welcome = follow(answer.headers().firstValue("Location").orElseThrow());
    if (welcome.statusCode() != 200) {
      throw new IllegalStateException(
          "%s cannot sign in: %d %s".formatted(user, welcome.statusCode(), welcome.body()));
    }
  }

  private HttpResponse<String> send(
      String method, String path, BodyPublisher body, Map<String, String> headers) {
    return exchange(method, path, body, headers, BodyHandlers.ofString());
  }

  /** Cookies by hand: Java's own jar never sends Keycloak's Secure ones over http. */
  private <T> HttpResponse<T> exchange(
      String method,
      String path,
      BodyPublisher body,
      Map<String, String> headers,
      BodyHandler<T> read) {
    var request = HttpRequest.newBuilder(home.resolve(path)).method(method, body);
    headers.forEach(request::header);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      var response = CLIENT.send(request.build(), read);
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(String cookie) {
    var pair = cookie.split(";", 2)[0].split("=", 2);
    if (pair.length < 2 || pair[1].isEmpty()) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String json(Object body) {
    try {
      return body instanceof String text ? text : JSON.writeValueAsString(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
