package io.countersign.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback address. */
public final class Ports {
  private Ports() {}

  /** A port that is free now. */
  public static int free() {
    try (var socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says which setting to change when somebody else listens on the port. */
  static void require(int port, String what, String setting) {
    if (port < 1 || port > 65535) {
      throw new DevException(
          "%s must be a port between 1 and 65535, but is %d.".formatted(setting, port));
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port), 1);
    } catch (IOException e) {
      throw new DevException(
          "Port %d for %s is taken. Stop what listens there, or choose another port: %s=%d ./run"
              .formatted(port, what, setting, port + 1000),
          e);
    }
  }

  private static InetAddress loopback() {
    // By address: names would depend on the machine's hosts file.
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
