package io.countersign.dev;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Waits until a starting process answers. */
public final class Readiness {
  private static final long PAUSE_MILLIS = 200;

  private Readiness() {}

  /** Returns once the address answers 200; throws when the process ends or time is over. */
  public static void await(ChildProcess process, URI address, Duration patience) {
    var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    var end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      if (answers(client, address)) {
        return;
      }
      if (process.endsWithin(Duration.ZERO)) {
        throw process.ended();
      }
      pause();
    }
    throw new DevException(
        "%s did not answer at %s within %d seconds. Its log, %s, ends with:%n%n%s"
            .formatted(
                process.name(),
                address,
                patience.toSeconds(),
                process.log(),
                process.lastLines(25)));
  }

  private static boolean answers(HttpClient client, URI address) {
    var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static DevException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new DevException("Interrupted while waiting for a start.", cause);
  }
}
