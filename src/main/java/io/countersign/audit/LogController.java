package io.countersign.audit;

import io.countersign.audit.merkle.EntryBundle;
import io.countersign.audit.merkle.Tile;
import io.countersign.audit.merkle.TileHashes;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The log as c2sp.org/tlog-tiles lays it out. Checkpoints, hashes and the key are for anybody; the
 * entries themselves, which name people by their pseudonyms, for auditors.
 */
@RestController
@RequestMapping("/api/v1/audit")
class LogController {

  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
  private static final Duration A_MOMENT = Duration.ofSeconds(1);
  private static final Duration FOR_EVER = Duration.ofDays(365);
  private static final Duration KEY_CACHED = Duration.ofMinutes(5);

  private final LogStore store;
  private final Publication publication;
  private final LogIdentity identity;

  LogController(LogStore store, Publication publication, LogIdentity identity) {
    this.store = store;
    this.publication = publication;
    this.identity = identity;
  }

  /** The newest checkpoint that is published. */
  @GetMapping("/checkpoint")
  ResponseEntity<byte[]> checkpoint() {
    byte[] note =
        publication
            .newest()
            .orElseThrow(() -> nothing("the log has not published a checkpoint yet"))
            .bytes();
    return ResponseEntity.ok()
        .contentType(TEXT)
        .cacheControl(CacheControl.maxAge(A_MOMENT).cachePublic())
        .body(note);
  }

  /** The verifier key that checkpoints are signed with. */
  @GetMapping("/key")
  ResponseEntity<byte[]> key() {
    String key = identity.signer(store.last().map(LogStore.Stored::checkpoint)).key() + "\n";
    return ResponseEntity.ok()
        .contentType(TEXT)
        .cacheControl(CacheControl.maxAge(KEY_CACHED).cachePublic())
        .body(key.getBytes(StandardCharsets.UTF_8));
  }

  /** Hashes of one level. */
  @GetMapping("/tile/{level:[0-9]+}/{*number}")
  ResponseEntity<byte[]> tile(@PathVariable String level, @PathVariable String number) {
    Tile tile = parse("tile/" + level + number);
    byte[] hashes = TileHashes.encode(store.find(tile).orElseThrow(() -> notYet(tile)));
    CacheControl cache =
        tile.isFull()
            ? CacheControl.maxAge(FOR_EVER).cachePublic().immutable()
            : CacheControl.maxAge(A_MOMENT).cachePublic();
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .cacheControl(cache)
        .body(hashes);
  }

  /** Entries, each behind its length. */
  @GetMapping("/tile/entries/{*number}")
  ResponseEntity<byte[]> entries(@PathVariable String number) {
    Tile bundle = parse("tile/entries" + number);
    List<byte[]> entries = store.entries(bundle);
    if (entries.size() != bundle.width()) {
      throw notYet(bundle);
    }
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .cacheControl(CacheControl.noStore())
        .body(EntryBundle.encode(entries));
  }

  private static Tile parse(String path) {
    try {
      return Tile.parse(path);
    } catch (IllegalArgumentException e) {
      throw new Problem(ProblemType.INVALID_REQUEST, "tile", String.valueOf(e.getMessage()));
    }
  }

  private static Problem notYet(Tile tile) {
    return nothing("the log does not reach as far as " + tile.path());
  }

  private static Problem nothing(String detail) {
    return new Problem(ProblemType.NOT_FOUND, detail);
  }
}
