package io.countersign.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/** The right edge of a growing tree: all that is needed to append to it and to know its root. */
public final class Frontier {

  private final List<List<Hash>> levels = new ArrayList<>();
  private long size;

  /** Hears of tiles that have become full. */
  @FunctionalInterface
  public interface FullTiles {

    /**
     * A tile is full.
     *
     * @param root the hash of the whole tile, which takes its place one level above
     */
    void full(Tile tile, List<Hash> hashes, Hash root);
  }

  /** The edge of an empty tree. */
  public Frontier() {}

  /** The edge of the tree with the first {@code size} entries of a log. */
  public Frontier(long size, TileReader reader) {
    this.size = size;
    for (int level = 0; size >>> (8 * level) > 0 && level < Tile.LEVELS; level++) {
      long hashes = size >>> (8 * level);
      boolean full = hashes % Tile.WIDTH == 0;
      levels.add(
          full
              ? new ArrayList<>()
              : new ArrayList<>(reader.read(Tile.of(level, hashes / Tile.WIDTH, size))));
    }
  }

  /** How many entries the tree has. */
  public long size() {
    return size;
  }

  /** Appends the hash of an entry. */
  public void append(Hash leaf, FullTiles listener) {
    size++;
    add(0, leaf, listener);
  }

  private void add(int level, Hash hash, FullTiles listener) {
    if (level == levels.size()) {
      levels.add(new ArrayList<>());
    }
    List<Hash> hashes = levels.get(level);
    hashes.add(hash);
    if (hashes.size() == Tile.WIDTH) {
      List<Hash> full = List.copyOf(hashes);
      hashes.clear();
      Hash root = TileHashes.root(full);
      long number = (size >>> (8 * (level + 1))) - 1;
      listener.full(new Tile(level, number, Tile.WIDTH), full, root);
      add(level + 1, root, listener);
    }
  }

  /** The tiles that are begun, from the lowest level upwards. */
  public void partialTiles(FullTiles listener) {
    for (int level = 0; level < levels.size(); level++) {
      List<Hash> hashes = levels.get(level);
      if (!hashes.isEmpty()) {
        Tile tile = new Tile(level, size >>> (8 * (level + 1)), hashes.size());
        listener.full(tile, List.copyOf(hashes), Hash.EMPTY_TREE);
      }
    }
  }

  /** The root of the tree. */
  public Hash root() {
    Hash root = null;
    for (List<Hash> hashes : levels) {
      int end = hashes.size();
      while (end > 0) {
        int whole = Integer.lowestOneBit(end);
        Hash subtree = TileHashes.root(hashes.subList(end - whole, end));
        root = root == null ? subtree : Hash.node(subtree, root);
        end -= whole;
      }
    }
    return root == null ? Hash.EMPTY_TREE : root;
  }
}
