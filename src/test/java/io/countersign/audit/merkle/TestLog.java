package io.countersign.audit.merkle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A whole log in memory, by the paths of c2sp.org/tlog-tiles. */
public final class TestLog implements LogSource {

  private final Map<String, byte[]> files;

  private TestLog(Map<String, byte[]> files) {
    this.files = files;
  }

  /** Some entries that look like ours. */
  public static List<byte[]> entries(int size) {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(
          ("{\"actor\":\"agent:billing-agent\",\"entry\":" + i + ",\"type\":\"request.proposed\"}")
              .getBytes(StandardCharsets.UTF_8));
    }
    return entries;
  }

  /** The log of these entries, signed, and signed by the witnesses. */
  public static TestLog of(Signer log, List<byte[]> entries, Instant at, Signer... witnesses) {
    Map<String, byte[]> files = new TreeMap<>();
    Frontier frontier = new Frontier();
    Frontier.FullTiles keep =
        (tile, hashes, root) -> files.put(tile.path(), TileHashes.encode(hashes));
    for (byte[] entry : entries) {
      frontier.append(Hash.leaf(entry), keep);
    }
    frontier.partialTiles(keep);
    for (int first = 0; first < entries.size(); first += Tile.WIDTH) {
      Tile bundle = Tile.of(Tile.ENTRIES, first / Tile.WIDTH, entries.size());
      files.put(bundle.path(), EntryBundle.encode(entries.subList(first, first + bundle.width())));
    }
    Checkpoint checkpoint = new Checkpoint(log.key().name(), entries.size(), frontier.root());
    SignedCheckpoint signed = log.sign(checkpoint);
    for (Signer witness : witnesses) {
      signed = signed.with(witness.cosign(checkpoint, at), List.of(witness.key()));
    }
    files.put("checkpoint", signed.bytes());
    return new TestLog(files);
  }

  /** A copy that can be changed. */
  public TestLog copy() {
    return new TestLog(new TreeMap<>(files));
  }

  /** The paths of its files. */
  public List<String> paths() {
    return List.copyOf(files.keySet());
  }

  /** A file that it has. */
  public byte[] file(String path) {
    return Objects.requireNonNull(files.get(path), path);
  }

  /** Replaces a file. */
  public void put(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  /** Deletes a file. */
  public void remove(String path) {
    files.remove(path);
  }

  /** What it says of itself. */
  public SignedCheckpoint checkpoint() {
    return SignedCheckpoint.parse(file("checkpoint"));
  }

  @Override
  public byte[] read(String path, int maxBytes) throws IOException {
    byte[] bytes = files.get(path);
    if (bytes == null || bytes.length > maxBytes) {
      throw new IOException("missing");
    }
    return bytes;
  }

  /** Writes it as a directory. */
  public void write(Path directory) throws IOException {
    for (var file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }
}
