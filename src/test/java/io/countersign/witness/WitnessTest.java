package io.countersign.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.merkle.Checkpoint;
import io.countersign.audit.merkle.Frontier;
import io.countersign.audit.merkle.Hash;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.Signer;
import io.countersign.audit.merkle.TestKeys;
import io.countersign.audit.merkle.TiledTree;
import io.countersign.audit.merkle.WitnessRequest;
import io.countersign.shared.json.CanonicalJson;
import io.countersign.witness.Witness.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Signer LOG = TestKeys.log("approve.example/log");
  private static final Signer KEY = TestKeys.witness("witness.example/w1");
  private static final List<Hash> LEAVES =
      IntStream.range(0, 200).mapToObj(i -> Hash.leaf(("entry " + i).getBytes(UTF_8))).toList();

  @TempDir private Path state;
  private Witness witness;

  @BeforeEach
  void start() {
    witness = witness();
  }

  private Witness witness() {
    return new Witness(KEY, List.of(LOG.key()), state, () -> NOW);
  }

  @Test
  void signsWhatGoesOnFromWhatItSignedBefore() throws Exception {
    assertSigned(witness.add(body(0, 10)), 10);
    assertSigned(witness.add(body(10, 120)), 120);
    assertSigned(witness.add(body(120, 120)), 120);
    assertThat(witness.last(hash()).body()).contains("\n120\n", "— witness.example/w1 ");
  }

  @Test
  void tellsItsSizeToWhoeverAssumesAnother() throws Exception {
    witness.add(body(0, 10));
    assertThat(witness.add(body(0, 20))).isEqualTo(new Answer(409, "text/x.tlog.size", "10\n"));
    assertThat(witness.add(body(7, 20))).isEqualTo(new Answer(409, "text/x.tlog.size", "10\n"));
    assertThat(witness.add(body(5, 5)).status()).as("a log that was set back").isEqualTo(409);
  }

  @Test
  void signsNoForkAndNoSecondHistoryOfTheSameSize() throws Exception {
    witness.add(body(0, 10));
    List<Hash> forked = new ArrayList<>(LEAVES);
    forked.set(3, Hash.leaf(new byte[] {1}));

    assertThat(witness.add(body(LOG, forked, 10, 20)).status()).isEqualTo(422);
    assertThat(witness.add(body(LOG, forked, 10, 10)).status()).isEqualTo(422);
    assertSigned(witness.add(body(10, 20)), 20);
  }

  @Test
  void refusesWhatIsNotTheLogs() throws Exception {
    Signer stranger = TestKeys.log("approve.example/log");
    assertThat(witness.add(body(stranger, LEAVES, 0, 10)).status()).isEqualTo(403);
    assertThat(witness.add(body(TestKeys.log("other.example"), LEAVES, 0, 10)).status())
        .isEqualTo(404);
    assertThat(witness.add("nonsense".getBytes(UTF_8)).status()).isEqualTo(400);
    assertThat(witness.add(request(12, List.of(), tree(10))).status()).isEqualTo(400);
    assertThat(witness.add(request(0, List.of(LEAVES.get(1)), tree(10))).status()).isEqualTo(422);
    assertThat(witness.last(hash()).status()).isEqualTo(404);
    assertSigned(witness.add(body(0, 10)), 10);
  }

  @Test
  void remembersAfterARestart() throws Exception {
    witness.add(body(0, 10));
    assertThat(witness().add(body(0, 20)).body()).isEqualTo("10\n");
    assertSigned(witness().add(body(10, 20)), 20);
  }

  @Test
  void signsNothingWhenItsStateIsSpoiled() throws Exception {
    witness.add(body(0, 10));
    Files.writeString(state.resolve(hash()), "spoiled");
    assertThatThrownBy(() -> witness.add(body(10, 20)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Whatever order they come in, the sizes that were signed only grow. */
  @Test
  void signsOneHistoryForManyAtOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    List<Long> signed = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> work = new ArrayList<>();
    for (int size = 1; size <= 100; size++) {
      int wanted = size;
      work.add(threads.submit((Callable<Void>) () -> submit(wanted, signed)));
    }
    for (Future<?> each : work) {
      each.get();
    }
    threads.shutdown();
    assertThat(signed).isNotEmpty();
    assertThat(witness.last(hash()).body())
        .contains("\n" + signed.stream().mapToLong(it -> it).max().orElseThrow() + "\n");
  }

  private Void submit(int size, List<Long> signed) throws IOException {
    long old = 0;
    while (old <= size) {
      Answer answer = witness.add(body((int) old, size));
      if (answer.status() == 200) {
        signed.add((long) size);
        return null;
      }
      assertThat(answer.status()).isEqualTo(409);
      old = Long.parseLong(answer.body().strip());
    }
    return null;
  }

  @Test
  void speaksHttp() throws Exception {
    try (var server = new WitnessServer(witness, new InetSocketAddress("127.0.0.1", 0))) {
      String address = "http://127.0.0.1:" + server.port();
      HttpResponse<String> answer = post(address + "/add-checkpoint", body(0, 10));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).startsWith("— witness.example/w1 ").endsWith("\n");
      HttpResponse<String> again = post(address + "/add-checkpoint", body(0, 20));
      assertThat(again.statusCode()).isEqualTo(409);
      assertThat(again.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
      assertThat(post(address + "/add-checkpoint", new byte[70_000]).statusCode()).isEqualTo(413);
      assertThat(post(address + "/elsewhere", body(0, 10)).statusCode()).isEqualTo(404);
      HttpResponse<String> last =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(address + "/" + hash() + "/checkpoint"))
                      .build(),
                  BodyHandlers.ofString());
      SignedCheckpoint kept = SignedCheckpoint.parse(last.body().getBytes(UTF_8));
      assertThat(kept.isSignedBy(LOG.key())).isTrue();
      assertThat(kept.cosignature(KEY.key())).isPresent();
    }
  }

  private static HttpResponse<String> post(String url, byte[] body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofByteArray(body)).build(),
            BodyHandlers.ofString());
  }

  private static void assertSigned(Answer answer, int size) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    SignedCheckpoint signed = LOG.sign(tree(size)).with(answer.body(), List.of(KEY.key()));
    assertThat(signed.cosignature(KEY.key()))
        .hasValueSatisfying(it -> assertThat(it.at()).isEqualTo(NOW));
  }

  private static Checkpoint tree(int size) {
    return tree(LOG, LEAVES, size);
  }

  private static Checkpoint tree(Signer log, List<Hash> leaves, int size) {
    Frontier frontier = new Frontier();
    leaves.subList(0, size).forEach(leaf -> frontier.append(leaf, (tile, hashes, root) -> {}));
    return new Checkpoint(log.key().name(), size, frontier.root());
  }

  private static byte[] body(int old, int size) {
    return body(LOG, LEAVES, old, size);
  }

  private static byte[] body(Signer log, List<Hash> leaves, int old, int size) {
    TiledTree tree = new TiledTree(size, tile -> leaves.subList(0, tile.width()));
    return new WitnessRequest(old, tree.consistencyProof(old), log.sign(tree(log, leaves, size)))
        .bytes();
  }

  private static byte[] request(long old, List<Hash> proof, Checkpoint checkpoint) {
    return new WitnessRequest(old, proof, LOG.sign(checkpoint)).bytes();
  }

  private static String hash() {
    return CanonicalJson.sha256Hex(LOG.key().name().getBytes(UTF_8));
  }
}
