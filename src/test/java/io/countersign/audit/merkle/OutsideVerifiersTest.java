package io.countersign.audit.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import dev.sigstore.rekor.client.Checkpoints;
import dev.sigstore.rekor.client.RekorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Receipts and checkpoints judged by two verifiers that are not ours. */
class OutsideVerifiersTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCRIPTS = Path.of("src", "test", "js", "audit");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final int SIZE = 3000;
  private static final int SAMPLES = 200;

  private static final TestKeys.Pair KEY = TestKeys.pair();
  private static final Signer LOG =
      new Signer(VerifierKey.ofLog("approve.example/log", KEY.publicKey()), KEY::sign);
  private static final List<byte[]> ENTRIES = TestLog.entries(SIZE);
  private static final TestLog FILES =
      TestLog.of(LOG, ENTRIES, NOW, TestKeys.witness("witness.example/w1"));

  private record Sample(int index, List<Hash> proof) {
    byte[] entry() {
      return ENTRIES.get(index);
    }

    Sample tampered(Random random) {
      List<Hash> other = new ArrayList<>(proof);
      int place = random.nextInt(proof.size());
      byte[] bytes = proof.get(place).bytes();
      bytes[random.nextInt(Hash.LENGTH)] ^= 1;
      other.set(place, Hash.of(bytes));
      return new Sample(index, other);
    }
  }

  private static List<Sample> samples(Random random) {
    TiledTree tree = new TiledTree(SIZE, tile -> TileHashes.decode(tile, FILES.file(tile.path())));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      int index = random.nextInt(SIZE);
      samples.add(new Sample(index, tree.inclusionProof(index)));
    }
    return samples;
  }

  @Test
  void sigstoreJavaAcceptsOurProofsAndNoOther() throws Exception {
    RekorEntry.Checkpoint read = Checkpoints.from(new String(FILES.file("checkpoint"), UTF_8));
    assertThat(read.getOrigin()).isEqualTo("approve.example/log");
    assertThat(read.getSize()).isEqualTo(SIZE);
    assertThat(read.getSignatures()).hasSize(2);
    assertThat(
            LOG.key()
                .verifies(
                    read.getSignedData().getBytes(UTF_8),
                    read.getSignatures().get(0).getSignature()))
        .isTrue();

    byte[] root = Base64.getDecoder().decode(read.getBase64Hash());
    Random random = new Random(20261121);
    for (Sample sample : samples(random)) {
      assertThat(sigstoreAccepts(sample, root)).isTrue();
      assertThat(sigstoreAccepts(sample.tampered(random), root)).isFalse();
    }
  }

  private static boolean sigstoreAccepts(Sample sample, byte[] root) {
    try {
      InclusionProofVerifier.verify(
          Hash.leaf(sample.entry()).bytes(),
          sample.index(),
          SIZE,
          sample.proof().stream().map(Hash::bytes).toList(),
          root);
      return true;
    } catch (InclusionProofVerificationException refused) {
      return false;
    }
  }

  @Test
  void sigstoreForNodeAcceptsOurReceiptsAndNoOther() throws Exception {
    ArrayNode receipts = JSON.createArrayNode();
    Random random = new Random(20261121);
    for (Sample sample : samples(random)) {
      add(receipts, sample.entry(), sample);
      add(receipts, sample.entry(), sample.tampered(random));
      add(receipts, "{}".getBytes(UTF_8), sample);
    }
    ObjectNode given = JSON.createObjectNode();
    given.put("origin", "approve.example/log");
    given.put("keyId", String.format("%08x", LOG.key().id()));
    given.put("publicKey", Base64.getEncoder().encodeToString(KEY.publicKey()));
    given.set("receipts", receipts);

    JsonNode verified = JSON.readTree(node(given.toString()));
    assertThat(verified).hasSize(3 * SAMPLES);
    for (int i = 0; i < verified.size(); i++) {
      assertThat(verified.get(i).asBoolean()).as("receipt %d", i).isEqualTo(i % 3 == 0);
    }
  }

  private static void add(ArrayNode receipts, byte[] entry, Sample sample) {
    ObjectNode receipt = receipts.addObject();
    receipt.put("entry", entry);
    receipt.put(
        "text", new InclusionReceipt(sample.index(), sample.proof(), FILES.checkpoint()).text());
  }

  private static String node(String input) throws IOException, InterruptedException {
    if (!Files.exists(SCRIPTS.resolve("node_modules"))) {
      run("", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }
    return run(input, "node", "verify.mjs");
  }

  private static String run(String input, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(SCRIPTS.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}
