package io.countersign.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpTransportTest {

  @Test
  void endsAnAttemptAfterTheLimitThoughBytesKeepComing() throws Exception {
    try (ServerSocket dripping = new ServerSocket(0);
        HttpTransport transport =
            new HttpTransport(
                new AddressGuard(
                    AllowedAddresses.of(List.of("127.0.0.1:" + dripping.getLocalPort())),
                    SystemDefaultDnsResolver.INSTANCE),
                Duration.ofMillis(400))) {
      Thread server = new Thread(() -> drip(dripping));
      server.start();
      long started = System.nanoTime();

      assertThatThrownBy(
              () ->
                  transport.post(
                      URI.create("http://127.0.0.1:" + dripping.getLocalPort()),
                      Map.of(),
                      new byte[0]))
          .isInstanceOf(IOException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
      server.join();
    }
  }

  /** A byte each 50 ms resets every timeout between two reads. */
  private static void drip(ServerSocket socket) {
    try (Socket taken = socket.accept()) {
      taken
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
      CountDownLatch never = new CountDownLatch(1);
      while (!never.await(50, TimeUnit.MILLISECONDS)) {
        taken.getOutputStream().write('x');
        taken.getOutputStream().flush();
      }
    } catch (IOException | InterruptedException closed) {
      // The sender hung up, as it should.
    }
  }
}
