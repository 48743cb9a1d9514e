package io.countersign.witness;

import io.countersign.audit.merkle.Signer;
import io.countersign.audit.merkle.VerifierKey;
import io.countersign.shared.time.NodeClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A witness on a port of its own, for the tests of those who ask it. */
public final class WitnessProcess implements AutoCloseable {

  private final WitnessServer server;

  /** Starts it. */
  public WitnessProcess(Signer signer, VerifierKey log, Path state) throws IOException {
    server =
        new WitnessServer(
            new Witness(signer, List.of(log), state, NodeClock.ofThisMachine()),
            new InetSocketAddress("127.0.0.1", 0));
  }

  /** Where it takes checkpoints. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.port() + "/add-checkpoint");
  }

  @Override
  public void close() {
    server.close();
  }
}
