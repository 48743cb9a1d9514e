package io.countersign.audit.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final TestTree TREE = TestTree.of(300);
  private static final Signer LOG = TestKeys.log("approve.example/log");
  private static final Signer WITNESS = TestKeys.witness("witness.example/w1");

  private static SignedCheckpoint cosigned(int size) {
    Checkpoint checkpoint = new Checkpoint("approve.example/log", size, TREE.root(size));
    SignedCheckpoint signed = LOG.sign(checkpoint);
    return signed.with(WITNESS.cosign(checkpoint, NOW), List.of(WITNESS.key()));
  }

  private static boolean isGood(SignedCheckpoint checkpoint) {
    return checkpoint.isSignedBy(LOG.key())
        && checkpoint
            .cosignature(WITNESS.key())
            .equals(Optional.of(new SignedCheckpoint.Cosignature(WITNESS.key(), NOW)));
  }

  @Test
  void acceptsWhatWasSignedAndNothingThatDiffersInABit() {
    byte[] bytes = cosigned(300).bytes();
    assertThat(isGood(SignedCheckpoint.parse(bytes))).isTrue();
    assertEachFlipRefused(bytes, tampered -> isGood(SignedCheckpoint.parse(tampered)));
  }

  @Test
  void acceptsAReceiptAndNothingThatDiffersInABit() {
    List<Hash> proof = new TiledTree(300, TREE.tiles()).inclusionProof(77);
    InclusionReceipt receipt = new InclusionReceipt(77, proof, cosigned(300));
    byte[] bytes = receipt.text().getBytes(UTF_8);

    assertThat(receipt.text()).startsWith("c2sp.org/tlog-proof@v1\nindex 77\n");
    assertThat(InclusionReceipt.parse(bytes).proves(TestTree.entry(77), LOG.key())).isTrue();
    assertThat(InclusionReceipt.parse(bytes).proves(TestTree.entry(78), LOG.key())).isFalse();
    assertThat(InclusionReceipt.parse(bytes).proves(TestTree.entry(77), TestKeys.log("x").key()))
        .isFalse();
    assertEachFlipRefused(
        bytes,
        tampered -> {
          InclusionReceipt read = InclusionReceipt.parse(tampered);
          return read.proves(TestTree.entry(77), LOG.key()) && isGood(read.checkpoint());
        });
  }

  private static void assertEachFlipRefused(byte[] bytes, Predicate<byte[]> isAccepted) {
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] tampered = bytes.clone();
      tampered[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(accepts(isAccepted, tampered)).as("bit %d", bit).isFalse();
    }
  }

  private static boolean accepts(Predicate<byte[]> isAccepted, byte[] bytes) {
    try {
      return isAccepted.test(bytes);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /** Hostile bytes are refused with a sentence, whatever they are; nothing else is thrown. */
  @Test
  void refusesGarbageWithASentence() {
    Random random = new Random(20261121);
    byte[] receipt =
        new InclusionReceipt(77, new TiledTree(300, TREE.tiles()).inclusionProof(77), cosigned(300))
            .text()
            .getBytes(UTF_8);
    byte[] request = new WitnessRequest(7, List.of(TREE.leaf(1)), cosigned(300)).bytes();
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = mutated(random, round % 2 == 0 ? receipt : request);
      for (Consumer<byte[]> reader : readers()) {
        try {
          reader.accept(bytes);
        } catch (IllegalArgumentException refused) {
          assertThat(refused).hasMessageStartingWith("expected ");
        }
      }
    }
  }

  private static List<Consumer<byte[]>> readers() {
    return List.of(
        InclusionReceipt::parse,
        WitnessRequest::parse,
        SignedCheckpoint::parse,
        bytes -> VerifierKey.parse(new String(bytes, UTF_8)),
        bytes -> Tile.parse(new String(bytes, UTF_8)),
        bytes -> EntryBundle.decode(new Tile(Tile.ENTRIES, 0, 3), bytes),
        bytes -> TileHashes.decode(new Tile(0, 0, 3), bytes));
  }

  private static byte[] mutated(Random random, byte[] bytes) {
    byte[] some = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    for (int i = random.nextInt(4); i > 0; i--) {
      some[random.nextInt(some.length)] = (byte) random.nextInt(256);
    }
    return some;
  }

  @Test
  void readsBackWhatALogAsksOfAWitness() {
    List<Hash> proof = new TiledTree(300, TREE.tiles()).consistencyProof(77);
    WitnessRequest request = new WitnessRequest(77, proof, cosigned(300));
    WitnessRequest read = WitnessRequest.parse(request.bytes());

    assertThat(read.oldSize()).isEqualTo(77);
    assertThat(read.proof()).isEqualTo(proof);
    assertThat(isGood(read.checkpoint())).isTrue();
    assertThat(WitnessRequest.parse(new WitnessRequest(0, List.of(), cosigned(3)).bytes()).proof())
        .isEmpty();
  }

  @Test
  void takesNoCosignatureOfAnotherCheckpointKeyOrTime() {
    SignedCheckpoint signed = LOG.sign(new Checkpoint("approve.example/log", 300, TREE.root(300)));
    String line = WITNESS.cosign(new Checkpoint("approve.example/log", 299, TREE.root(299)), NOW);

    assertThat(signed.with(line, List.of(WITNESS.key())).cosignature(WITNESS.key())).isEmpty();
    assertThat(cosigned(300).cosignature(TestKeys.witness("witness.example/w1").key())).isEmpty();
    assertThat(cosigned(300).cosignature(LOG.key())).isEmpty();
    assertThat(cosigned(300).isSignedBy(WITNESS.key())).isFalse();
    String good = WITNESS.cosign(signed.checkpoint(), NOW);
    assertThat(signed.with(line + good, List.of(WITNESS.key())).cosignature(WITNESS.key()))
        .as("a failing signature under a known key spoils the rest")
        .isEmpty();
    assertThat(signed.with(good, List.of()).bytes()).isEqualTo(signed.bytes());
  }

  @Test
  void takesNoSignatureUnderAnotherName() {
    Checkpoint foreign = new Checkpoint("other.example/log", 3, TREE.root(3));
    assertThat(LOG.sign(foreign).isSignedBy(LOG.key())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n1\n",
        "a\n01\n{root}\n",
        "a\n-1\n{root}\n",
        "a\n+1\n{root}\n",
        "a\n1234567890123456789\n{root}\n",
        "a\n1\nAAAA\n",
        "a\n1\n{root}\nextension\n",
        "\n1\n{root}\n",
        "a\n1\n{root}\n\n",
        "a\n1\n{root}"
      })
  void refusesACheckpointThatIsNone(String text) {
    String note =
        text.replace("{root}", TREE.root(1).toString()) + "\n— a " + "A".repeat(96) + "\n";
    assertThatThrownBy(() -> SignedCheckpoint.parse(note.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected ");
  }

  @Test
  void refusesASecondSpellingInBase64() {
    assertThatThrownBy(() -> Hash.of("A".repeat(42) + "B="))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hash.of("A".repeat(43))).isInstanceOf(IllegalArgumentException.class);
    assertThat(Hash.of("A".repeat(43) + "=").bytes()).isEqualTo(new byte[32]);
  }

  @Test
  void refusesTooMuch() {
    String note = cosigned(3).checkpoint().text() + "\n" + "— a AAAAAAA=\n".repeat(65);
    assertThatThrownBy(() -> SignedCheckpoint.parse(note.getBytes(UTF_8)))
        .hasMessageContaining("at most 64 signatures");
    assertThatThrownBy(() -> SignedCheckpoint.parse(new byte[65_537]))
        .hasMessageContaining("at most 65,536 bytes");
    assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
        .hasMessageContaining("at most 65,535 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/1",
        "tile/0/x000/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/07",
        "tile/7/001",
        "tile/00/001",
        "tile/0/001/002",
        "tile/0/x001/x002",
        "tile/0/../001",
        "tile/0/x999/x999/x999/x999/x999/999",
        "tile/entries/001.p/"
      })
  void refusesAPathThatIsNone(String path) {
    assertThatThrownBy(() -> Tile.parse(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tile/0/000", "tile/entries/x001/x234/067", "tile/6/000.p/1"})
  void readsBackPaths(String path) {
    assertThat(Tile.parse(path).path()).isEqualTo(path);
  }

  @Test
  void readsBackEntries() {
    List<byte[]> entries = List.of(new byte[0], new byte[] {1}, new byte[65_535]);
    Tile bundle = new Tile(Tile.ENTRIES, 0, 3);
    assertThat(EntryBundle.decode(bundle, EntryBundle.encode(entries)))
        .usingElementComparator(Arrays::compare)
        .isEqualTo(entries);
    assertThatThrownBy(() -> EntryBundle.decode(bundle, EntryBundle.encode(entries.subList(0, 2))))
        .hasMessageContaining("exactly 3 entries");
  }
}
