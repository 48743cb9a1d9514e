package io.countersign.audit.merkle;

import java.util.List;

/** Where the tiles of a log are read from. */
@FunctionalInterface
public interface TileReader {

  /** The hashes of a tile, exactly as many as it is wide. */
  List<Hash> read(Tile tile);
}
