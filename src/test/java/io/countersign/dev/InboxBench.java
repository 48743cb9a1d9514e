package io.countersign.dev;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How long a reviewer's inbox takes to answer with a hundred open reviews, and with very many. */
final class InboxBench {

  private static final int FEW = 100;
  private static final int MANY = 100_000;
  private static final int CALLS = 60;

  private static final Map<String, String> QUERIES =
      new TreeMap<>(
          Map.of(
              "first page", "?limit=50",
              "one action", "?limit=50&action=process_refund",
              "held by me", "?limit=50&held=me"));

  private final BenchCalls calls;
  private final Database database;
  private final Terminal terminal;

  InboxBench(BenchCalls calls, Database database, Terminal terminal) {
    this.calls = calls;
    this.database = database;
    this.terminal = terminal;
  }

  void measure() throws Exception {
    String request = calls.waiting();
    copy(request, FEW - 1);
    medians();
    Map<String, Double> few = medians();
    copy(request, MANY - FEW);
    medians()
        .forEach(
            (name, many) -> {
              double before = few.getOrDefault(name, Double.NaN);
              terminal.say(
                  "%s: %.1f ms with %d open, %.1f ms with %d (%.1f times)"
                      .formatted(name, before, FEW, many, MANY, many / before));
            });
  }

  private Map<String, Double> medians() throws Exception {
    Map<String, Double> medians = new TreeMap<>();
    for (var query : QUERIES.entrySet()) {
      medians.put(query.getKey(), median(query.getValue()));
    }
    return medians;
  }

  private double median(String query) throws Exception {
    List<Long> times = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      long begin = System.nanoTime();
      calls.inbox(query);
      times.add(System.nanoTime() - begin);
    }
    Collections.sort(times);
    return times.get(CALLS / 2) / 1e6;
  }

  /** Copies of one request and its stage, with content that was never sealed. */
  private void copy(String request, int times) throws SQLException {
    try (var connection = database.asOwner();
        var statement = connection.prepareStatement(COPY)) {
      statement.setString(1, request);
      statement.setInt(2, times);
      statement.execute();
    }
    try (var connection = database.asOwner();
        var statement = connection.createStatement()) {
      statement.execute("analyze approval_request, stage, inbox_row, vote");
    }
  }

  private static final String COPY =
      """
      with source as (
        select r.id as request, s.id as stage from approval_request r join stage s on s.request_id = r.id
        where r.id = substr(?, 5)::uuid
      ), copies as materialized (
        select request, stage, gen_random_uuid() as new_request, n from source, generate_series(1, ?) n
      ), requests as (
        insert into approval_request
        select (jsonb_populate_record(r, jsonb_build_object('id', c.new_request,
          'idempotency_key', c.new_request, 'headline', '\\x00' || encode(convert_to(
            'Refund ' || c.n || '.00 EUR for order 10428', 'UTF8'), 'hex')))).*
        from copies c join approval_request r on r.id = c.request
        returning 1
      )
      insert into stage
      select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(),
        'request_id', c.new_request, 'process_instance', gen_random_uuid(),
        'deadline', s.deadline + c.n * interval '1 second'))).*
      from copies c join stage s on s.id = c.stage
      """;
}
