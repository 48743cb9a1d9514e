package io.countersign.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The migrations that were asked for; each is written once. */
@Component
class MigrationOrders {

  private static final String SELECT =
      "select id, chain, from_version, to_version, mapping, requests, reason, asked_by,"
          + " asked_by_name, asked_at from chain_migration where chain = ?";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JdbcClient jdbc;

  MigrationOrders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(MigrationOrder order) {
    MigrationWish wish = order.wish();
    jdbc.sql(
            "insert into chain_migration (id, chain, from_version, to_version, mapping, requests,"
                + " reason, asked_by, asked_by_name, asked_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            order.id(),
            wish.chain(),
            wish.from(),
            wish.to(),
            text(wish.mapping()),
            text(wish.requests()),
            order.reason(),
            order.subject(),
            order.askedBy(),
            order.askedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<MigrationOrder> find(String chain, UUID id) {
    return jdbc.sql(SELECT + " and id = ?")
        .params(chain, id)
        .query(Row.class)
        .optional()
        .map(Row::order);
  }

  /** Newest first. */
  List<MigrationOrder> list(String chain, int limit) {
    return jdbc
        .sql(SELECT + " order by id desc limit ?")
        .params(chain, limit)
        .query(Row.class)
        .stream()
        .map(Row::order)
        .toList();
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can be written as JSON", e);
    }
  }

  private static <T> T read(String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is stored was written by us", e);
    }
  }

  /** As it is stored. */
  record Row(
      UUID id,
      String chain,
      int fromVersion,
      int toVersion,
      String mapping,
      String requests,
      String reason,
      String askedBy,
      String askedByName,
      OffsetDateTime askedAt) {

    MigrationOrder order() {
      TreeMap<String, String> pairs = read(mapping, new TypeReference<>() {});
      TreeSet<String> only = read(requests, new TypeReference<>() {});
      return new MigrationOrder(
          id,
          new MigrationWish(chain, fromVersion, toVersion, pairs, only),
          reason,
          askedBy,
          askedByName,
          askedAt.toInstant());
    }
  }
}
