package io.countersign.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.countersign.audit.merkle.Signer;
import io.countersign.audit.merkle.TestKeys;
import io.countersign.audit.merkle.TestLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Signer LOG = TestKeys.log("approve.example/log");
  private static final Signer WITNESS = TestKeys.witness("witness.example/w1");
  private static final String KEY = LOG.key().toString();

  @TempDir private Path directory;
  private volatile TestLog served = log(600);
  private final AtomicInteger asked = new AtomicInteger();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private HttpServer server;

  private static TestLog log(int size) {
    return TestLog.of(LOG, TestLog.entries(size), NOW, WITNESS);
  }

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/log/",
        exchange -> {
          try (exchange) {
            asked.incrementAndGet();
            String path = exchange.getRequestURI().getPath().substring("/log/".length());
            TestLog log = served;
            boolean open =
                !path.startsWith("tile/entries/")
                    || "Bearer axel".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            int status = !open ? 401 : log.paths().contains(path) ? 200 : 404;
            byte[] body = status == 200 ? log.file(path) : new byte[0];
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void verifiesACopyWithoutTheServer() {
    assertThat(run("mirror", url(), copy(), "--token", "axel")).isZero();
    server.stop(0);
    assertThat(run("verify", copy(), "--key", KEY, "--witness", WITNESS.key().toString())).isZero();
    assertThat(said())
        .contains("600 entries; nothing of it is verified yet")
        .contains("approve.example/log: 600 entries, root ")
        .contains("signed by witness.example/w1 at 2026-11-21T12:00:00Z")
        .contains("every entry is the one that was logged");
  }

  @Test
  void verifiesWhatAServerSays() {
    assertThat(run("verify", url(), "--key", KEY, "--token", "axel")).isZero();
    assertThat(run("verify", url(), "--key", KEY, "--token", "rita")).isEqualTo(1);
    assertThat(said()).contains("entries 0 to 255: the server answered 401");
  }

  @Test
  void copiesOnlyWhatIsNewAndKeepsTheCheckpointOfBefore() throws Exception {
    run("mirror", url(), copy(), "--token", "axel");
    served = log(700);
    asked.set(0);
    assertThat(run("mirror", url(), copy(), "--token", "axel")).isZero();
    assertThat(asked.get()).as("checkpoint, and what is longer now").isEqualTo(3);
    assertThat(run("verify", copy(), "--key", KEY, "--last", copy() + "/checkpoint.before"))
        .isZero();
    assertThat(Files.readString(Path.of(copy(), "checkpoint.before"))).contains("\n600\n");
  }

  @Test
  void refusesToCopyALogThatWasSetBack() throws Exception {
    run("mirror", url(), copy(), "--token", "axel");
    served = log(599);
    assertThat(run("mirror", url(), copy(), "--token", "axel")).isEqualTo(1);
    assertThat(said()).contains("set back: the copy has 600 entries, the log says that it has 599");
    assertThat(Files.readString(Path.of(copy(), "checkpoint"))).contains("\n600\n");
  }

  @Test
  void saysWhatIsWrongAndWhere() throws Exception {
    TestLog changed = log(600);
    byte[] bundle = changed.file("tile/entries/001").clone();
    bundle[10] ^= 1;
    changed.put("tile/entries/001", bundle);
    changed.write(directory.resolve("changed"));
    assertThat(run("verify", directory.resolve("changed").toString(), "--key", KEY)).isEqualTo(1);
    assertThat(said()).contains("entry 256: is not the one", "NOT sound");
  }

  @Test
  void endsWithTwoIfItCannotBeginOrIsToldNonsense() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("verify")).isEqualTo(2);
    assertThat(run("verify", copy(), "--key", "nonsense")).isEqualTo(2);
    assertThat(run("verify", copy(), "--kye", KEY)).isEqualTo(2);
    assertThat(run("verify", copy(), "--key", KEY, "--last", "/no/such/file")).isEqualTo(2);
    assertThat(run("mirror", "http://approve.example/log", copy(), "--token", "x")).isEqualTo(2);
    assertThat(said()).contains("audit verify <directory|url>", "expected https");
    assertThat(run("verify", copy(), "--key", KEY)).as("an empty directory").isEqualTo(1);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/log";
  }

  private String copy() {
    return directory.resolve("copy").toString();
  }

  private int run(String... arguments) {
    return AuditCommand.run(List.of(arguments), new PrintStream(output, true, UTF_8));
  }

  private String said() {
    return output.toString(UTF_8);
  }
}
