package io.countersign.audit.merkle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree of the first entries of a log, computed from its tiles. It believes the tiles; whoever
 * does not compares the root, or checks the proofs.
 */
public final class TiledTree {

  private final long size;
  private final TileReader reader;
  private final Map<Tile, List<Hash>> read = new HashMap<>();
  private final Map<Subtree, Hash> known = new HashMap<>();

  /** As many whole levels above one entry. */
  private record Subtree(int height, long from) {}

  /** The tree of the first {@code size} entries. */
  public TiledTree(long size, TileReader reader) {
    if (size < 0) {
      throw new IllegalArgumentException("expected a size of 0 or more, found " + size);
    }
    this.size = size;
    this.reader = reader;
  }

  /** The root of the whole tree. */
  public Hash root() {
    return rootAt(size);
  }

  /** The root that the tree had when it had this size. */
  public Hash rootAt(long earlier) {
    if (earlier < 0 || earlier > size) {
      throw outside(earlier);
    }
    return earlier == 0 ? Hash.EMPTY_TREE : range(0, earlier);
  }

  /** The proof that the entry at the index is in the tree, from the leaf's sibling upwards. */
  public List<Hash> inclusionProof(long index) {
    if (index < 0 || index >= size) {
      throw outside(index);
    }
    List<Hash> proof = new ArrayList<>();
    path(index, 0, size, proof);
    return proof;
  }

  /** The proof that the tree extends the one it was when it had this size. */
  public List<Hash> consistencyProof(long earlier) {
    if (earlier < 0 || earlier > size) {
      throw outside(earlier);
    }
    List<Hash> proof = new ArrayList<>();
    if (earlier > 0 && earlier < size) {
      subproof(earlier, 0, size, true, proof);
    }
    return proof;
  }

  private IllegalArgumentException outside(long index) {
    return new IllegalArgumentException("expected a place in a tree of " + size + ": " + index);
  }

  private void path(long index, long from, long to, List<Hash> proof) {
    if (to - from == 1) {
      return;
    }
    long middle = from + leftPart(to - from);
    if (index < middle) {
      path(index, from, middle, proof);
      proof.add(range(middle, to));
    } else {
      path(index, middle, to, proof);
      proof.add(range(from, middle));
    }
  }

  /** SUBPROOF of RFC 6962, with the older size as an index. */
  private void subproof(long earlier, long from, long to, boolean known, List<Hash> proof) {
    if (earlier == to) {
      if (!known) {
        proof.add(range(from, to));
      }
      return;
    }
    long middle = from + leftPart(to - from);
    if (earlier <= middle) {
      subproof(earlier, from, middle, known, proof);
      proof.add(range(middle, to));
    } else {
      subproof(earlier, middle, to, false, proof);
      proof.add(range(from, middle));
    }
  }

  private Hash range(long from, long to) {
    long entries = to - from;
    if (Long.bitCount(entries) == 1 && from % entries == 0) {
      int height = Long.numberOfTrailingZeros(entries);
      return known.computeIfAbsent(new Subtree(height, from), this::subtree);
    }
    long middle = from + leftPart(entries);
    return Hash.node(range(from, middle), range(middle, to));
  }

  /** The largest power of two below the number of entries. */
  private static long leftPart(long entries) {
    return Long.highestOneBit(entries - 1);
  }

  private Hash subtree(Subtree subtree) {
    int level = subtree.height() / 8;
    long first = subtree.from() >>> (8 * level);
    Tile tile = Tile.of(level, first / Tile.WIDTH, size);
    List<Hash> hashes = read.computeIfAbsent(tile, reader::read);
    int offset = (int) (first % Tile.WIDTH);
    return TileHashes.root(hashes.subList(offset, offset + (1 << (subtree.height() % 8))));
  }
}
