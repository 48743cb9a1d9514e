package io.countersign.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/** The hashes of a tile as bytes, and the root above them. */
public final class TileHashes {

  private TileHashes() {}

  /** The bytes of a tile. */
  public static byte[] encode(List<Hash> hashes) {
    byte[] bytes = new byte[hashes.size() * Hash.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i).bytes(), 0, bytes, i * Hash.LENGTH, Hash.LENGTH);
    }
    return bytes;
  }

  /** Reads the bytes of a tile. */
  public static List<Hash> decode(Tile tile, byte[] bytes) {
    if (bytes.length != tile.width() * Hash.LENGTH) {
      throw new IllegalArgumentException(
          "expected "
              + tile.width() * Hash.LENGTH
              + " bytes in "
              + tile.path()
              + ", found "
              + bytes.length);
    }
    List<Hash> hashes = new ArrayList<>(tile.width());
    for (int i = 0; i < tile.width(); i++) {
      byte[] hash = new byte[Hash.LENGTH];
      System.arraycopy(bytes, i * Hash.LENGTH, hash, 0, Hash.LENGTH);
      hashes.add(Hash.of(hash));
    }
    return hashes;
  }

  /** The root of a whole subtree: the number of hashes is a power of two. */
  static Hash root(List<Hash> hashes) {
    if (hashes.size() == 1) {
      return hashes.get(0);
    }
    int half = hashes.size() / 2;
    return Hash.node(root(hashes.subList(0, half)), root(hashes.subList(half, hashes.size())));
  }
}
