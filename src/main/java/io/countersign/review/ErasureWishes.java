package io.countersign.review;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.review.Erasures.Person;
import io.countersign.shared.RequestId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who wanted a request's content erased; each wish is written once. */
@Component
class ErasureWishes {

  private final JdbcClient jdbc;

  ErasureWishes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(RequestId request, Person person, String reason, Instant now) {
    jdbc.sql(
            "insert into erasure_wish (id, request_id, person, person_name, reason, wished_at)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(
            UuidCreator.getTimeOrderedEpoch(),
            request.uuid(),
            person.subject(),
            person.name(),
            reason,
            now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The Keycloak subjects of those who have wanted it since. */
  List<String> since(RequestId request, Instant since) {
    return jdbc.sql(
            "select distinct person from erasure_wish where request_id = ? and wished_at > ?")
        .params(request.uuid(), since.atOffset(ZoneOffset.UTC))
        .query(String.class)
        .list();
  }
}
