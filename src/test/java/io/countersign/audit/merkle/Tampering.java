package io.countersign.audit.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Changes a log as somebody with access to its files would, and some as somebody who holds its key
 * too, and looks whether that is found. {@code bench/audit} does it ten thousand times.
 */
public final class Tampering {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Signer log = TestKeys.log("approve.example/log");
  private final Signer witness = TestKeys.witness("witness.example/w1");
  private final List<byte[]> entries;
  private final TestLog before;
  private final TestLog now;
  private final Random random;

  /** What is done to the log. */
  public enum Kind {
    FLIP_A_BIT,
    DELETE_A_FILE,
    CUT_A_FILE,
    LENGTHEN_A_FILE,
    SWAP_FILES,
    SWAP_ENTRIES,
    DROP_AN_ENTRY,
    REPLACE_AN_ENTRY_AND_ITS_HASH,
    SET_BACK,
    /** With the key: another history, all of it consistent and signed. */
    FORK,
    /** With the key: another history up to where somebody looked last. */
    FORK_OF_THE_END
  }

  Tampering(int size, long seed) {
    entries = TestLog.entries(size);
    before = TestLog.of(log, entries.subList(0, size * 2 / 3), NOW, witness);
    now = TestLog.of(log, entries, NOW, witness);
    random = new Random(seed);
  }

  /**
   * Tampers so many times and prints how many were found; or, told {@code export <directory>
   * <entries>}, writes a sound log for others to verify and prints its key and an older tree.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("export")) {
      Tampering logs = new Tampering(Integer.parseInt(arguments[2]), 0);
      logs.now.write(Path.of(arguments[1]));
      Checkpoint older = logs.before.checkpoint().checkpoint();
      System.out.println(logs.log.key() + " " + older.size() + " " + older.root());
      return;
    }
    int rounds = Integer.parseInt(arguments[0]);
    Tampering tampering = new Tampering(3000, rounds);
    Map<Kind, Integer> found = tampering.run(rounds);
    found.forEach((kind, count) -> System.out.printf("%-32s %d%n", kind, count));
    int all = found.values().stream().mapToInt(it -> it).sum();
    System.out.printf("%d of %d found%n", all, rounds);
    if (all != rounds || !tampering.isSound(tampering.now)) {
      throw new IllegalStateException("not all were found");
    }
  }

  /** How many of each kind were found. */
  Map<Kind, Integer> run(int rounds) {
    Map<Kind, Integer> found = new EnumMap<>(Kind.class);
    Kind[] kinds = Kind.values();
    for (int round = 0; round < rounds; round++) {
      Kind kind = kinds[round % kinds.length];
      if (isFound(kind)) {
        found.merge(kind, 1, Integer::sum);
      }
    }
    return found;
  }

  boolean isSound() {
    return isSound(now);
  }

  private boolean isSound(TestLog given) {
    return new LogCheck(given, log.key())
        .run(Optional.of(before.checkpoint()), List.of(witness.key()))
        .isSound();
  }

  private boolean isFound(Kind kind) {
    return switch (kind) {
      case SET_BACK ->
          !isSound(TestLog.of(log, entries.subList(0, somewhere(before)), NOW, witness));
      case FORK -> isFoundByAWitness(forked(random.nextInt(size(before))));
      case FORK_OF_THE_END ->
          isFoundByAWitness(forked(size(before) + random.nextInt(size(now) - size(before))));
      default -> !isSound(changed(kind));
    };
  }

  private static int size(TestLog log) {
    return (int) log.checkpoint().checkpoint().size();
  }

  private int somewhere(TestLog log) {
    return 1 + random.nextInt(size(log) - 1);
  }

  /** Another history that is sound in itself. */
  private TestLog forked(int at) {
    List<byte[]> other = new ArrayList<>(entries);
    other.set(at, ("{\"forged\":" + random.nextLong() + "}").getBytes(UTF_8));
    return TestLog.of(log, other, NOW);
  }

  /**
   * A witness that signed the log as it is now signs no other one, whatever proof comes with it.
   */
  private boolean isFoundByAWitness(TestLog forged) {
    Checkpoint signed = now.checkpoint().checkpoint();
    Checkpoint other = forged.checkpoint().checkpoint();
    boolean refused =
        !Proofs.extend(signed.size(), signed.root(), other.size(), other.root(), List.of());
    return refused && !isSound(forged);
  }

  private TestLog changed(Kind kind) {
    TestLog copy = now.copy();
    List<String> paths = copy.paths();
    String path = paths.get(random.nextInt(paths.size()));
    byte[] bytes = copy.file(path).clone();
    switch (kind) {
      case FLIP_A_BIT -> {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        copy.put(path, bytes);
      }
      case DELETE_A_FILE -> copy.remove(path);
      case CUT_A_FILE -> copy.put(path, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      case LENGTHEN_A_FILE -> copy.put(path, Arrays.copyOf(bytes, bytes.length + 1));
      case SWAP_FILES -> {
        String other = paths.get((paths.indexOf(path) + 1) % paths.size());
        copy.put(path, copy.file(other));
        copy.put(other, bytes);
      }
      default -> changeEntries(copy, kind);
    }
    return copy;
  }

  private void changeEntries(TestLog copy, Kind kind) {
    Tile bundle = Tile.of(Tile.ENTRIES, random.nextInt(size(now) / Tile.WIDTH), size(now));
    List<byte[]> some = new ArrayList<>(EntryBundle.decode(bundle, copy.file(bundle.path())));
    int place = random.nextInt(some.size() - 1);
    switch (kind) {
      case SWAP_ENTRIES -> Collections.swap(some, place, place + 1);
      case DROP_AN_ENTRY -> some.remove(place);
      default -> {
        some.set(place, "{}".getBytes(UTF_8));
        Tile tile = Tile.of(0, bundle.number(), size(now));
        List<Hash> hashes = some.stream().map(Hash::leaf).toList();
        copy.put(tile.path(), TileHashes.encode(hashes));
      }
    }
    copy.put(bundle.path(), EntryBundle.encode(some));
  }
}
