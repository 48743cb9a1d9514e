package io.countersign.audit.merkle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Neighbouring entries in one file, each behind its length. */
public final class EntryBundle {

  /** The most bytes that an entry may have: its length is written in two. */
  public static final int MAX_ENTRY = 65_535;

  /** The most bytes that a bundle may have. */
  public static final int MAX_BYTES = Tile.WIDTH * (MAX_ENTRY + Short.BYTES);

  private EntryBundle() {}

  /** The bytes of a bundle. */
  public static byte[] encode(List<byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > MAX_ENTRY) {
        throw new IllegalArgumentException(
            "expected an entry of at most 65,535 bytes, found " + entry.length);
      }
      bytes.write(entry.length >>> 8);
      bytes.write(entry.length);
      bytes.writeBytes(entry);
    }
    return bytes.toByteArray();
  }

  /** Reads a bundle, which has exactly as many entries as it is wide. */
  public static List<byte[]> decode(Tile bundle, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<byte[]> entries = new ArrayList<>(bundle.width());
    while (buffer.hasRemaining() && entries.size() < bundle.width()) {
      int length = buffer.remaining() < Short.BYTES ? -1 : Short.toUnsignedInt(buffer.getShort());
      if (length < 0 || length > buffer.remaining()) {
        throw new IllegalArgumentException(
            "expected " + bundle.path() + " to end with an entry, found one cut off");
      }
      byte[] entry = new byte[length];
      buffer.get(entry);
      entries.add(entry);
    }
    if (buffer.hasRemaining() || entries.size() != bundle.width()) {
      throw new IllegalArgumentException(
          "expected exactly " + bundle.width() + " entries in " + bundle.path());
    }
    return entries;
  }
}
