package io.countersign.fences;

import java.net.http.HttpClient;

/** Trespasses. */
final class CallsOut {

  HttpClient client() {
    return HttpClient.newHttpClient();
  }
}
