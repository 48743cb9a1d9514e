package io.countersign.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Something that goes wrong, and has ended when {@code strike} returns. */
sealed interface Fault {

  void strike(Cluster cluster) throws Exception;

  /** Whether this machine has what it takes. */
  default boolean isPossible(Cluster cluster) throws InterruptedException {
    return true;
  }

  /** What it is counted as. */
  default String kind() {
    return getClass().getSimpleName();
  }

  /** A node ends in the middle of everything. */
  record Kill(int node) implements Fault {
    @Override
    public void strike(Cluster cluster) {
      cluster.node(node).kill();
    }
  }

  /** A node stands still, goes on later and does not know it. */
  record Pause(int node, Duration time) implements Fault {
    @Override
    public void strike(Cluster cluster) throws Exception {
      cluster.node(node).pause();
      try {
        last(time);
      } finally {
        cluster.node(node).resume();
      }
    }
  }

  /** The database server ends without writing anything more, and recovers. */
  record DatabaseCrash() implements Fault {
    @Override
    public void strike(Cluster cluster) throws Exception {
      cluster.postgres().crash();
    }
  }

  /** A node's connections to the database end, in the middle of transactions. */
  record Cut(int node) implements Fault {
    @Override
    public void strike(Cluster cluster) {
      cluster.proxy(node).cut();
    }
  }

  /** Nothing gets through between a node and the database; then everything that waited. */
  record Stall(int node, Duration time) implements Fault {
    @Override
    public void strike(Cluster cluster) throws Exception {
      cluster.proxy(node).stall();
      try {
        last(time);
      } finally {
        cluster.proxy(node).resume();
      }
    }
  }

  /** A node loses its connections; the database believes in them, locks and all, for a while. */
  record Orphans(int node, Duration time) implements Fault {
    @Override
    public void strike(Cluster cluster) throws Exception {
      cluster.proxy(node).orphan();
      try {
        last(time);
      } finally {
        cluster.proxy(node).buryOrphans();
      }
    }
  }

  /** A node's clock is wrong for a while. */
  record ClockJump(int node, Duration offset, Duration time) implements Fault {
    @Override
    public void strike(Cluster cluster) throws Exception {
      cluster.node(node).setClock(offset);
      try {
        last(time);
      } finally {
        cluster.node(node).setClock(Duration.ZERO);
      }
    }

    @Override
    public boolean isPossible(Cluster cluster) {
      return cluster.hasMovableClocks();
    }
  }

  /** Keycloak ends and starts again. */
  record KeycloakCrash() implements Fault {
    @Override
    public void strike(Cluster cluster) {
      cluster.keycloak().crash();
    }
  }

  /** Keycloak takes calls and does not answer. */
  record KeycloakHang(Duration time) implements Fault {
    @Override
    public void strike(Cluster cluster) throws Exception {
      cluster.keycloak().pause();
      try {
        last(time);
      } finally {
        cluster.keycloak().resume();
      }
    }
  }

  /**
   * The disk of the database answers every wish to keep something with an input/output error; then
   * somebody starts the server again.
   */
  record DiskError(Duration time) implements Fault {

    private static final List<String> STRACE =
        List.of(
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            "inject=fsync,fdatasync:error=EIO");

    @Override
    public void strike(Cluster cluster) throws Exception {
      List<String> command = new ArrayList<>(STRACE);
      for (long process : cluster.postgres().processes()) {
        command.addAll(List.of("-p", Long.toString(process)));
      }
      Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        last(time);
      } finally {
        strace.destroy();
        strace.waitFor();
        cluster.postgres().crash();
      }
    }

    @Override
    public boolean isPossible(Cluster cluster) throws InterruptedException {
      List<String> command = new ArrayList<>(STRACE);
      command.add("true");
      try {
        return new ProcessBuilder(command).start().waitFor() == 0;
      } catch (IOException e) {
        return false;
      }
    }
  }

  private static void last(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }
}
