package io.countersign.audit.merkle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tree in memory, computed as RFC 6962 defines it and not as the product does. */
final class TestTree {

  private final List<Hash> leaves = new ArrayList<>();
  private final Map<List<Integer>, Hash> known = new HashMap<>();

  static TestTree of(int size) {
    TestTree tree = new TestTree();
    for (int i = 0; i < size; i++) {
      tree.leaves.add(Hash.leaf(entry(i)));
    }
    return tree;
  }

  static byte[] entry(int index) {
    return ("entry " + index).getBytes(StandardCharsets.UTF_8);
  }

  Hash leaf(long index) {
    return leaves.get((int) index);
  }

  Hash root(int size) {
    return mth(0, size);
  }

  private Hash mth(int from, int to) {
    if (to == from) {
      return Hash.EMPTY_TREE;
    }
    if (to - from == 1) {
      return leaves.get(from);
    }
    Hash before = known.get(List.of(from, to));
    if (before == null) {
      before = split(from, to);
      known.put(List.of(from, to), before);
    }
    return before;
  }

  private Hash split(int from, int to) {
    int k = 1;
    while (k * 2 < to - from) {
      k *= 2;
    }
    return Hash.node(mth(from, from + k), mth(from + k, to));
  }

  TileReader tiles() {
    return tile -> {
      int span = 1 << (8 * tile.level());
      List<Hash> hashes = new ArrayList<>();
      for (long i = tile.first(); i < tile.first() + tile.width(); i++) {
        hashes.add(mth((int) i * span, (int) (i + 1) * span));
      }
      return hashes;
    };
  }
}
