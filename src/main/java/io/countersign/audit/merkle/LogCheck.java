package io.countersign.audit.merkle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a whole log: that its key signed it, that every entry is the one that was logged, that it
 * goes on from an older checkpoint, and that witnesses say so too. It believes nothing but the
 * keys.
 */
public final class LogCheck {

  private static final int MOST_FINDINGS = 50;

  private final LogSource source;
  private final VerifierKey log;
  private final List<String> findings = new ArrayList<>();

  /** Checks what the source gives, for a log with this key. */
  public LogCheck(LogSource source, VerifierKey log) {
    this.source = source;
    this.log = log;
  }

  /**
   * What came of it.
   *
   * @param checkpoint what the log says of itself, if its key signed that
   * @param findings what is wrong and where; empty if nothing is
   */
  public record Report(Optional<SignedCheckpoint> checkpoint, List<String> findings) {
    /** Whether nothing was found. */
    public boolean isSound() {
      return findings.isEmpty();
    }
  }

  /**
   * Checks everything.
   *
   * @param older a checkpoint that was kept from before
   * @param witnesses who must have signed, each of them
   */
  public Report run(Optional<SignedCheckpoint> older, List<VerifierKey> witnesses) {
    findings.clear();
    Optional<SignedCheckpoint> signed = checkpoint();
    signed.ifPresent(
        it -> {
          witnesses.stream()
              .filter(witness -> it.cosignature(witness).isEmpty())
              .forEach(witness -> find("checkpoint: no valid signature of " + witness.name()));
          entries(it.checkpoint(), older.filter(this::isOurs).map(SignedCheckpoint::checkpoint));
        });
    return new Report(signed, List.copyOf(findings));
  }

  private Optional<SignedCheckpoint> checkpoint() {
    try {
      SignedCheckpoint signed =
          SignedCheckpoint.parse(source.read("checkpoint", SignedCheckpoint.MAX_BYTES));
      if (signed.isSignedBy(log)) {
        return Optional.of(signed);
      }
      find("checkpoint: not signed by " + log.name() + " with this key");
    } catch (IOException | IllegalArgumentException e) {
      find("checkpoint: " + e.getMessage());
    }
    return Optional.empty();
  }

  private boolean isOurs(SignedCheckpoint older) {
    boolean ours = older.isSignedBy(log);
    if (!ours) {
      find("older checkpoint: not signed by " + log.name() + " with this key");
    }
    return ours;
  }

  private void entries(Checkpoint checkpoint, Optional<Checkpoint> older) {
    long oldSize = older.map(Checkpoint::size).orElse(0L);
    if (oldSize > checkpoint.size()) {
      find("set back: had " + oldSize + " entries before, has " + checkpoint.size() + " now");
      oldSize = 0;
    }
    Frontier frontier = new Frontier();
    for (long number = 0; frontier.size() < checkpoint.size(); number++) {
      Optional<List<Hash>> leaves = leaves(number, checkpoint.size());
      if (leaves.isEmpty()) {
        return; // what follows cannot be judged
      }
      for (Hash leaf : leaves.get()) {
        frontier.append(leaf, (tile, hashes, root) -> compareAbove(tile, hashes));
        if (frontier.size() == oldSize && !frontier.root().equals(older.orElseThrow().root())) {
          find("rewritten: of the first " + oldSize + " entries some were others before");
        }
      }
    }
    frontier.partialTiles((tile, hashes, root) -> compareAbove(tile, hashes));
    if (!frontier.root().equals(checkpoint.root())) {
      find("root: the " + checkpoint.size() + " entries are not those that were signed");
    }
  }

  /** The hashes of a bundle's entries; those that the log names where the entries are missing. */
  private Optional<List<Hash>> leaves(long number, long size) {
    Tile bundle = Tile.of(Tile.ENTRIES, number, size);
    Tile tile = Tile.of(0, number, size);
    Optional<List<Hash>> named = hashes(tile);
    try {
      byte[] bytes = source.read(bundle.path(), EntryBundle.MAX_BYTES);
      List<Hash> leaves = EntryBundle.decode(bundle, bytes).stream().map(Hash::leaf).toList();
      named.ifPresent(hashes -> compareEntries(tile, leaves, hashes));
      return Optional.of(leaves);
    } catch (IOException | IllegalArgumentException e) {
      long last = bundle.first() + bundle.width() - 1;
      find("entries " + bundle.first() + " to " + last + ": " + e.getMessage());
      return named;
    }
  }

  private Optional<List<Hash>> hashes(Tile tile) {
    try {
      byte[] bytes = source.read(tile.path(), Tile.WIDTH * Hash.LENGTH);
      return Optional.of(TileHashes.decode(tile, bytes));
    } catch (IOException | IllegalArgumentException e) {
      find(tile.path() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void compareEntries(Tile tile, List<Hash> leaves, List<Hash> named) {
    for (int i = 0; i < leaves.size(); i++) {
      if (!leaves.get(i).equals(named.get(i))) {
        find("entry " + (tile.first() + i) + ": is not the one whose hash is in " + tile.path());
      }
    }
  }

  private void compareAbove(Tile tile, List<Hash> hashes) {
    if (tile.level() == 0) {
      return; // compared entry by entry
    }
    long span = 1L << (8 * tile.level());
    hashes(tile)
        .ifPresent(
            named -> {
              for (int i = 0; i < hashes.size(); i++) {
                long first = (tile.first() + i) * span;
                if (!hashes.get(i).equals(named.get(i))) {
                  find(
                      tile.path() + ": entries " + first + " to " + (first + span - 1) + " differ");
                }
              }
            });
  }

  private void find(String finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }
}
