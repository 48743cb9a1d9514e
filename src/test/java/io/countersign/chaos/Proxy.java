package io.countersign.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a node and the database, and is what a bad network is. */
final class Proxy implements AutoCloseable {

  private static final int BUFFER = 16 * 1024;

  private final ServerSocket door;
  private final int target;
  private final Gate gate = new Gate();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Set<Link> orphans = ConcurrentHashMap.newKeySet();

  private Proxy(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  /** Passes what arrives on a free port to that port of this machine. */
  static Proxy to(int target) {
    try {
      Proxy proxy = new Proxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
      daemon(proxy::accept, "proxy");
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return door.getLocalPort();
  }

  /** Ends every connection on both sides. */
  void cut() {
    links.forEach(Link::end);
  }

  /** Lets nothing through and says so to nobody. */
  void stall() {
    gate.close();
  }

  /** Lets through what waited. */
  void resume() {
    gate.open();
  }

  /** The node loses its connections, and the database is not told: its transactions stay open. */
  void orphan() {
    for (Link link : links) {
      orphans.add(link);
      link.endAtTheNode();
    }
  }

  /** Tells the database at last. */
  void buryOrphans() {
    orphans.forEach(Link::end);
    orphans.clear();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        connect(door.accept());
      } catch (IOException e) {
        // Closed, and the loop ends; or one caller went away, and others will come.
      }
    }
  }

  private void connect(Socket node) throws IOException {
    try {
      Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
      database.setTcpNoDelay(true);
      node.setTcpNoDelay(true);
      Link link = new Link(node, database);
      links.add(link);
      daemon(() -> link.pump(node, database), "proxy to the database");
      daemon(() -> link.pump(database, node), "proxy to the node");
    } catch (IOException e) {
      node.close();
    }
  }

  private static void daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    gate.open();
    buryOrphans();
    cut();
  }

  /** One connection with its two sides. */
  private final class Link {
    private final Socket node;
    private final Socket database;
    private volatile boolean orphaned;

    Link(Socket node, Socket database) {
      this.node = node;
      this.database = database;
    }

    void pump(Socket from, Socket to) {
      byte[] buffer = new byte[BUFFER];
      try {
        int read = from.getInputStream().read(buffer);
        while (read >= 0) {
          gate.pass();
          to.getOutputStream().write(buffer, 0, read);
          read = from.getInputStream().read(buffer);
        }
      } catch (IOException e) {
        // One side is gone; the other one goes too.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        if (!orphaned) {
          end();
        }
      }
    }

    void endAtTheNode() {
      orphaned = true;
      close(node);
    }

    void end() {
      close(node);
      close(database);
      links.remove(this);
    }

    private void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What everybody passes unless it is closed. */
  private static final class Gate {
    private boolean closed;

    synchronized void close() {
      closed = true;
    }

    synchronized void open() {
      closed = false;
      notifyAll();
    }

    synchronized void pass() throws InterruptedException {
      while (closed) {
        wait();
      }
    }
  }
}
