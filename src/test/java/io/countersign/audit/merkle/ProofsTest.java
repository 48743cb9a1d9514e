package io.countersign.audit.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProofsTest {

  private static final int LARGEST = 600;
  private static final TestTree TREE = TestTree.of(LARGEST);
  private static final List<Hash> ROOTS = roots();

  private static List<Hash> roots() {
    List<Hash> roots = new ArrayList<>();
    for (int size = 0; size <= LARGEST; size++) {
      roots.add(TREE.root(size));
    }
    return roots;
  }

  @Test
  void growsTheTreeOfTheDefinition() {
    Frontier frontier = new Frontier();
    for (int size = 0; size < LARGEST; size++) {
      assertThat(frontier.root()).isEqualTo(ROOTS.get(size));
      Frontier resumed = new Frontier(size, TREE.tiles());
      assertThat(resumed.root()).isEqualTo(ROOTS.get(size));
      frontier.append(
          TREE.leaf(size),
          (tile, hashes, root) -> assertThat(hashes).isEqualTo(TREE.tiles().read(tile)));
      resumed.append(TREE.leaf(size), (tile, hashes, root) -> {});
      assertThat(resumed.root()).isEqualTo(frontier.root()).isEqualTo(ROOTS.get(size + 1));
    }
  }

  @Test
  void growsOverManyTiles() {
    TestTree large = TestTree.of(66_000);
    Frontier frontier = new Frontier();
    List<Tile> full = new ArrayList<>();
    for (int i = 0; i < 66_000; i++) {
      frontier.append(large.leaf(i), (tile, hashes, root) -> full.add(tile));
    }
    assertThat(frontier.root()).isEqualTo(large.root(66_000));
    assertThat(full).hasSize(257 + 1).contains(new Tile(1, 0, 256), new Tile(0, 256, 256));
    assertThat(new Frontier(66_000, large.tiles()).root()).isEqualTo(frontier.root());

    TiledTree tree = new TiledTree(66_000, large.tiles());
    assertThat(tree.rootAt(65_537)).isEqualTo(large.root(65_537));
    assertThat(
            Proofs.includes(
                65_990, 66_000, large.leaf(65_990), tree.inclusionProof(65_990), tree.root()))
        .isTrue();
    assertThat(Proofs.extend(300, large.root(300), 66_000, tree.root(), tree.consistencyProof(300)))
        .isTrue();
  }

  @Test
  void provesEachEntryInEachTreeAndNowhereElse() {
    for (int size = 1; size <= LARGEST; size++) {
      TiledTree tree = new TiledTree(size, TREE.tiles());
      assertThat(tree.root()).isEqualTo(ROOTS.get(size));
      for (int index = 0; index < size; index += size < 70 ? 1 : 11) {
        List<Hash> proof = tree.inclusionProof(index);
        Hash leaf = TREE.leaf(index);
        assertThat(Proofs.includes(index, size, leaf, proof, tree.root())).isTrue();
        assertThat(Proofs.includes(index, size, TREE.leaf(index ^ 1), proof, tree.root()))
            .isFalse();
        assertThat(Proofs.includes(index, size, leaf, proof, ROOTS.get(size - 1))).isFalse();
        assertThat(Proofs.includes(size, size, leaf, proof, tree.root())).isFalse();
        assertThat(Proofs.includes(-1, size, leaf, proof, tree.root())).isFalse();
        assertThat(Proofs.includes(index, size, leaf, longer(proof), tree.root())).isFalse();
        if (!proof.isEmpty()) {
          assertThat(Proofs.includes(index, size, leaf, shorter(proof), tree.root())).isFalse();
        }
      }
    }
  }

  @Test
  void provesThatEachTreeExtendsEachOlderOne() {
    for (int size = 0; size <= LARGEST; size += size < 70 ? 1 : 3) {
      TiledTree tree = new TiledTree(size, TREE.tiles());
      Hash root = ROOTS.get(size);
      for (int old = 0; old <= size; old++) {
        List<Hash> proof = tree.consistencyProof(old);
        Hash oldRoot = ROOTS.get(old);
        assertThat(Proofs.extend(old, oldRoot, size, root, proof)).isTrue();
        assertThat(Proofs.extend(old, oldRoot, size, root, longer(proof))).isFalse();
        assertThat(Proofs.extend(old, TREE.leaf(1), size, root, proof)).isFalse();
        if (old > 0) {
          assertThat(Proofs.extend(old, oldRoot, size, TREE.leaf(1), proof)).isFalse();
        }
        if (!proof.isEmpty()) {
          assertThat(Proofs.extend(old, oldRoot, size, root, shorter(proof))).isFalse();
        }
      }
      assertThat(Proofs.extend(size + 1, root, size, root, List.of())).isFalse();
    }
  }

  /** A tree whose past was changed has no proof that leads from the old root to the new one. */
  @Test
  void refusesEverySingleBitThatWasFlipped() {
    Random random = new Random(20261121);
    for (int round = 0; round < 60; round++) {
      int size = 2 + random.nextInt(LARGEST - 1);
      TiledTree tree = new TiledTree(size, TREE.tiles());
      int index = random.nextInt(size);
      int old = 1 + random.nextInt(size - 1);
      Hash root = tree.root();
      assertEachFlipRefused(
          tree.inclusionProof(index),
          proof -> Proofs.includes(index, size, TREE.leaf(index), proof, root));
      assertEachFlipRefused(
          tree.consistencyProof(old),
          proof -> Proofs.extend(old, ROOTS.get(old), size, root, proof));
    }
  }

  private interface Check {
    boolean accepts(List<Hash> proof);
  }

  private static void assertEachFlipRefused(List<Hash> proof, Check check) {
    assertThat(check.accepts(proof)).isTrue();
    for (int i = 0; i < proof.size(); i++) {
      for (int bit = 0; bit < 8 * Hash.LENGTH; bit++) {
        byte[] bytes = proof.get(i).bytes();
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        List<Hash> tampered = new ArrayList<>(proof);
        tampered.set(i, Hash.of(bytes));
        assertThat(check.accepts(tampered)).isFalse();
      }
    }
  }

  private static List<Hash> longer(List<Hash> proof) {
    List<Hash> longer = new ArrayList<>(proof);
    longer.add(TREE.leaf(0));
    return longer;
  }

  private static List<Hash> shorter(List<Hash> proof) {
    return proof.subList(0, proof.size() - 1);
  }
}
