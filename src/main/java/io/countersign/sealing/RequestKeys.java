package io.countersign.sealing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The keys of the requests' content, one for each.
 *
 * <p>A node remembers a key for a minute after it read it: an erasure reaches the other nodes
 * within that time.
 */
@Component
public class RequestKeys {

  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 10_000;

  /** Jumps along the index from one to the next: there are few, of millions of rows. */
  private static final String MASTERS =
      """
      with recursive held (master) as (
        select min(master) from content_key
        union all
        select (select min(master) from content_key where master > held.master)
        from held where held.master is not null)
      select master from held where master is not null
      """;

  private final JdbcClient jdbc;
  private final MasterKeys masters;
  private final Cache<UUID, ContentKey> remembered =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();

  private record Wrapped(UUID request, String master, byte[] key) {}

  RequestKeys(JdbcClient jdbc, MasterKeys masters) {
    this.jdbc = jdbc;
    this.masters = masters;
  }

  /** Makes the key of a new request. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void create(RequestId request) {
    ContentKey key = ContentKey.random();
    int made =
        jdbc.sql(
                "insert into content_key (request_id, master, wrapped) values (?, ?, ?)"
                    + " on conflict do nothing")
            .params(request.uuid(), masters.current(), masters.wrap(key, about(request.uuid())))
            .update();
    if (made == 1) {
      remembered.put(request.uuid(), key);
    }
  }

  /** Reads the keys of many requests at once, for whoever is about to read their content. */
  public void fetch(Collection<RequestId> requests) {
    List<UUID> missing =
        requests.stream()
            .map(RequestId::uuid)
            .filter(id -> remembered.getIfPresent(id) == null)
            .toList();
    if (!missing.isEmpty()) {
      read(missing);
    }
  }

  private void read(Collection<UUID> requests) {
    jdbc.sql(
            "select request_id, master, wrapped from content_key"
                + " where request_id = any (?) and wrapped is not null")
        .param((Object) requests.toArray(UUID[]::new))
        .query(RequestKeys::wrapped)
        .list()
        .forEach(found -> remembered.put(found.request(), unwrap(found)));
  }

  private static Wrapped wrapped(ResultSet row, int n) throws SQLException {
    return new Wrapped(
        row.getObject("request_id", UUID.class), row.getString("master"), row.getBytes("wrapped"));
  }

  private ContentKey unwrap(Wrapped wrapped) {
    return masters.unwrap(wrapped.master(), wrapped.key(), about(wrapped.request()));
  }

  private Optional<ContentKey> find(UUID request) {
    if (remembered.getIfPresent(request) == null) {
      read(List.of(request));
    }
    return Optional.ofNullable(remembered.getIfPresent(request));
  }

  /**
   * The key that opens a request's content.
   *
   * @throws Erased if it was destroyed
   */
  ContentKey forReading(UUID request) {
    return find(request).orElseThrow(Erased::new);
  }

  /**
   * The key that seals a request's content; requests that are older than the sealing get theirs
   * here.
   *
   * @throws Erased if it was destroyed
   */
  ContentKey forWriting(RequestId request) {
    return find(request.uuid())
        .orElseGet(
            () -> {
              create(request);
              return forReading(request.uuid());
            });
  }

  /**
   * Destroys the key, and with it everything that was sealed under it.
   *
   * @return false if it was destroyed before
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean destroy(RequestId request) {
    remembered.invalidate(request.uuid());
    return jdbc.sql(
                "update content_key set master = null, wrapped = null"
                    + " where request_id = ? and wrapped is not null")
            .param(request.uuid())
            .update()
        == 1;
  }

  /**
   * What may stand in the log for ever in place of a digest: nobody can guess the content from it,
   * and whoever is given the salt can check it.
   *
   * @throws Erased if the key was destroyed
   */
  public String commit(RequestId request, ActionDigest digest) {
    return forWriting(request).commitTo(digest);
  }

  /** The salt of the request's commitments; nothing once its key was destroyed. */
  public Optional<byte[]> salt(RequestId request) {
    return find(request.uuid()).map(ContentKey::salt);
  }

  /**
   * Fails unless every key that is kept can be unwrapped here.
   *
   * @throws IllegalStateException naming the master key that is missing
   */
  void requireMasters() {
    jdbc.sql(MASTERS).query(String.class).list().forEach(masters::require);
  }

  /**
   * Wraps with the newest master key what a former one wraps.
   *
   * @param most at once
   * @return how many keys were wrapped anew
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public int wrapAnew(int most) {
    List<Wrapped> old =
        jdbc.sql(
                "select request_id, master, wrapped from content_key where master <> ?"
                    + " limit ? for update skip locked")
            .params(masters.current(), most)
            .query(RequestKeys::wrapped)
            .list();
    for (Wrapped each : old) {
      jdbc.sql("update content_key set master = ?, wrapped = ? where request_id = ?")
          .params(
              masters.current(), masters.wrap(unwrap(each), about(each.request())), each.request())
          .update();
    }
    return old.size();
  }

  private static byte[] about(UUID request) {
    return ByteBuffer.allocate(16)
        .putLong(request.getMostSignificantBits())
        .putLong(request.getLeastSignificantBits())
        .array();
  }
}
