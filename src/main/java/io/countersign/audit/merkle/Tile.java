package io.countersign.audit.merkle;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a piece of the log is kept: 256 neighbouring hashes of one level, fewer at the right edge.
 *
 * @param level 0 for the hashes of entries, above for the roots of tiles one level below; {@link
 *     #ENTRIES} for the entries themselves
 * @param number counts the tiles of a level from 0
 * @param width how many hashes or entries it has
 */
public record Tile(int level, long number, int width) {

  /** The level of entry bundles. */
  public static final int ENTRIES = -1;

  /** Hashes in a full tile. */
  public static final int WIDTH = 256;

  /** Levels of the largest tree that is read here, of 2^56 entries. */
  public static final int LEVELS = 7;

  private static final long MAX_NUMBER = (1L << 48) - 1;

  private static final Pattern PATH =
      Pattern.compile(
          "tile/(entries|[0-6])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  /** Refuses what cannot be. */
  public Tile {
    if (level < ENTRIES || level >= LEVELS || width < 1 || width > WIDTH) {
      throw new IllegalArgumentException("expected a tile of 1 to 256 hashes on level 0 to 6");
    }
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("expected a number of a tile from 0 to 2^48 - 1");
    }
  }

  /** A tile of a tree of this size; it is partial at the right edge. */
  public static Tile of(int level, long number, long treeSize) {
    long hashes = level <= 0 ? treeSize : treeSize >>> (8 * level);
    return new Tile(level, number, (int) Math.min(WIDTH, hashes - number * WIDTH));
  }

  /** Reads a path, {@code tile/<L>/<N>[.p/<W>]} or {@code tile/entries/<N>[.p/<W>]}. */
  public static Tile parse(String path) {
    Matcher parts = PATH.matcher(path);
    if (parts.matches()) {
      String name = parts.group(1);
      String number = parts.group(2);
      String width = parts.group(3);
      Tile tile =
          new Tile(
              name.equals("entries") ? ENTRIES : Integer.parseInt(name),
              Long.parseLong(number.replaceAll("[x/]", "")),
              width == null ? WIDTH : Integer.parseInt(width));
      if (tile.path().equals(path)) {
        return tile;
      }
    }
    throw new IllegalArgumentException(
        "expected tile/<level>/<number>[.p/<width>] with the number in groups of three digits");
  }

  /** Whether it is as wide as can be, and will never change. */
  public boolean isFull() {
    return width == WIDTH;
  }

  /** The place of its first hash on its level. */
  public long first() {
    return number * WIDTH;
  }

  /** Its path below the log's address. */
  public String path() {
    StringBuilder path = new StringBuilder(threeDigits(number % 1000));
    for (long rest = number / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x" + threeDigits(rest % 1000) + "/");
    }
    String name = level == ENTRIES ? "entries" : Integer.toString(level);
    return "tile/" + name + "/" + path + (isFull() ? "" : ".p/" + width);
  }

  private static String threeDigits(long group) {
    return String.format(Locale.ROOT, "%03d", group);
  }
}
