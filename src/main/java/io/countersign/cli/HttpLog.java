package io.countersign.cli;

import io.countersign.audit.merkle.LogSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A log behind an address; entries need the token of an auditor. */
final class HttpLog implements LogSource {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final String address;
  private final Optional<String> token;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  HttpLog(String address, Optional<String> token) {
    if (token.isPresent()
        && !address.matches("https://.*|http://(127\\.0\\.0\\.1|localhost)[:/].*")) {
      throw new IllegalArgumentException(
          "expected https, or this machine: the token would be sent in the clear");
    }
    this.address = address.endsWith("/") ? address : address + "/";
    this.token = token;
  }

  @Override
  public byte[] read(String path, int maxBytes) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).timeout(LIMIT);
    token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != OK) {
          throw new IOException("the server answered " + response.statusCode());
        }
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
          throw new IOException("longer than " + maxBytes + " bytes");
        }
        return bytes;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
