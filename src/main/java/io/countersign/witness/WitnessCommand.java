package io.countersign.witness;

import io.countersign.audit.merkle.Signer;
import io.countersign.audit.merkle.VerifierKey;
import io.countersign.shared.Ed25519Key;
import io.countersign.shared.time.NodeClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The witness as a process of its own. */
public final class WitnessCommand {

  private static final String USAGE =
      """
      witness <name> <key.pem> key
      witness <name> <key.pem> run <state directory> <address:port> <log vkey>...

      The name is the witness's own, for example witness.example/w1; "key" prints its verifier key.
      The key is an Ed25519 private key (openssl genpkey -algorithm ed25519) that nobody else has.
      It speaks plain http: put a proxy with TLS before it, unless it is asked on its own machine.\
      """;

  private WitnessCommand() {}

  /** Prints the verifier key, or runs until it is stopped. */
  public static void main(String[] arguments) {
    try {
      run(List.of(arguments));
    } catch (IllegalArgumentException | IOException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(List<String> arguments) throws IOException {
    if (arguments.size() < 3) {
      throw new IllegalArgumentException(USAGE);
    }
    Signer signer = signer(arguments.get(0), Path.of(arguments.get(1)));
    if (arguments.get(2).equals("key") && arguments.size() == 3) {
      System.out.println(signer.key());
    } else if (arguments.get(2).equals("run") && arguments.size() > 5) {
      serve(signer, arguments.subList(3, arguments.size()));
    } else {
      throw new IllegalArgumentException(USAGE);
    }
  }

  private static Signer signer(String name, Path file) throws IOException {
    Ed25519Key key = Ed25519Key.fromPem(Files.readString(file));
    return new Signer(VerifierKey.ofWitness(name, key.publicKey().bytes()), key::sign);
  }

  private static void serve(Signer signer, List<String> arguments) throws IOException {
    Path state = Files.createDirectories(Path.of(arguments.get(0)));
    InetSocketAddress address = address(arguments.get(1));
    List<VerifierKey> logs = new ArrayList<>();
    for (String log : arguments.subList(2, arguments.size())) {
      logs.add(VerifierKey.parse(log));
    }
    FileLock lock = lock(state);
    var server =
        new WitnessServer(new Witness(signer, logs, state, NodeClock.ofThisMachine()), address);
    System.out.println(signer.key() + " signs on port " + server.port());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, lock)));
  }

  /** Two processes on one state would sign two histories. */
  private static FileLock lock(Path state) throws IOException {
    FileChannel channel =
        FileChannel.open(
            state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // Told below.
    }
    channel.close();
    throw new IOException("another witness works in " + state);
  }

  private static void stop(WitnessServer server, FileLock lock) {
    server.close();
    try {
      lock.channel().close();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("expected address:port, for example 127.0.0.1:8099");
    }
    return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(port));
  }
}
