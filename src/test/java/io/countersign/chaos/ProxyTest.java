package io.countersign.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProxyTest {

  private ServerSocket server;
  private Proxy proxy;
  private Socket node;
  private Socket database;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy = Proxy.to(server.getLocalPort());
    node = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    database = server.accept();
    // It stands once something has passed.
    node.getOutputStream().write(1);
    database.getInputStream().read();
  }

  @AfterEach
  void close() throws IOException {
    node.close();
    database.close();
    proxy.close();
    server.close();
  }

  @Test
  void passesBothWays() throws IOException {
    node.getOutputStream().write(7);
    assertThat(database.getInputStream().read()).isEqualTo(7);
    database.getOutputStream().write(8);
    assertThat(node.getInputStream().read()).isEqualTo(8);
  }

  @Test
  void tellsEachSideThatTheOtherIsGone() throws IOException {
    database.close();

    assertThat(node.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void cutsBothSides() throws IOException {
    proxy.cut();

    assertThat(node.getInputStream().read()).isEqualTo(-1);
    assertThat(database.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void keepsBackWhatIsSaidWhileItStalls() throws IOException {
    proxy.stall();
    node.getOutputStream().write(7);
    database.setSoTimeout(200);
    assertThatThrownBy(() -> database.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);

    proxy.resume();

    database.setSoTimeout(0);
    assertThat(database.getInputStream().read()).isEqualTo(7);
  }

  @Test
  void leavesTheDatabaseInItsBelief() throws IOException {
    proxy.orphan();
    assertThat(node.getInputStream().read()).isEqualTo(-1);
    database.setSoTimeout(200);
    assertThatThrownBy(() -> database.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);

    proxy.buryOrphans();

    database.setSoTimeout(0);
    assertThat(database.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void takesNewCallersAfterACut() throws IOException {
    proxy.cut();

    try (Socket again = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        Socket answered = server.accept()) {
      again.getOutputStream().write(9);
      assertThat(answered.getInputStream().read()).isEqualTo(9);
    }
  }
}
