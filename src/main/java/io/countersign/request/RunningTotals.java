package io.countersign.request;

import io.countersign.request.Account.Entry;
import io.countersign.shared.RequestId;
import io.countersign.shared.Totals;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How much an agent has asked for, by run and by day. Whoever changes a total holds its row until
 * the end of the transaction, the day's before the run's, so that of two proposals at once the
 * second counts the first.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class RunningTotals {

  private static final String RESERVE =
      """
      with entry as (
        insert into reservation
          (request_id, agent, action, currency, day, run, amount, auto_approved)
        values (:request, :agent, :action, :currency, :day, :run, :amount, :isAutoApproved))
      insert into running_total as t (agent, action, currency, kind, name, total, auto_approved)
      select :agent, :action, :currency, kind, name, :amount, :autoApproved
      from (values ('day', :day), ('run', :run)) as scope (kind, name)
      where name is not null
      order by kind
      on conflict (agent, action, currency, kind, name) do update
        set total = t.total + excluded.total,
            auto_approved = t.auto_approved + excluded.auto_approved
      returning kind, total, auto_approved
      """;

  /** Both rows are this transaction's already, so that their order does not matter. */
  private static final String ASK =
      """
      with entry as (
        update reservation set auto_approved = false
        where request_id = :request and auto_approved
        returning agent, action, currency, day, run, amount)
      update running_total t set auto_approved = t.auto_approved - entry.amount
      from entry
      where t.agent = entry.agent and t.action = entry.action and t.currency = entry.currency
        and (t.kind = 'day' and t.name = entry.day or t.kind = 'run' and t.name = entry.run)
      """;

  private static final String REMOVE =
      """
      delete from reservation where request_id = :request
      returning agent, action, currency, day, run, amount, auto_approved
      """;

  private static final String LOWER =
      """
      update running_total
      set total = total - :amount, auto_approved = auto_approved - :autoApproved
      where agent = :agent and action = :action and currency = :currency
        and kind = :kind and name = :name
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  RunningTotals(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Counts what a request asks for.
   *
   * @param autoApproved whether policy, as far as it knows, approves it without people
   * @return what came before, this request not included
   */
  public Totals reserve(
      RequestId request, Account account, BigDecimal amount, boolean autoApproved) {
    String today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    return add(request, new Entry(account, today, amount, autoApproved));
  }

  /** Counts a request as one that people are asked about after all. */
  public void ask(RequestId request) {
    jdbc.sql(ASK).param("request", request.uuid()).update();
  }

  /**
   * Counts what a reviewer made of the amount instead.
   *
   * @return what the others ask for, this request not included
   */
  public Totals correct(RequestId request, BigDecimal amount, String currency) {
    return remove(request)
        .map(entry -> add(request, entry.corrected(amount, currency)))
        .orElse(Totals.NONE);
  }

  /** Gives back what a request had reserved, unless it ended approved; twice is as good as once. */
  public void release(ApprovalRequest request) {
    if (!request.status().isApproved()) {
      release(request.id());
    }
  }

  /** Gives back what a request had reserved. */
  public void release(RequestId request) {
    remove(request);
  }

  private Totals add(RequestId request, Entry entry) {
    Map<String, BigDecimal[]> rows = new HashMap<>();
    account(RESERVE, entry)
        .param("request", request.uuid())
        .param("day", entry.day())
        .param("run", entry.account().run().orElse(null))
        .param("isAutoApproved", entry.autoApproved())
        .query(
            row -> {
              rows.put(
                  row.getString("kind"),
                  new BigDecimal[] {
                    row.getBigDecimal("total").subtract(entry.amount()),
                    row.getBigDecimal("auto_approved").subtract(entry.autoApprovedAmount())
                  });
            });
    BigDecimal[] nothing = {BigDecimal.ZERO, BigDecimal.ZERO};
    BigDecimal[] run = rows.getOrDefault("run", nothing);
    BigDecimal[] day = rows.getOrDefault("day", nothing);
    return new Totals(run[0], run[1], day[0], day[1]);
  }

  private Optional<Entry> remove(RequestId request) {
    Optional<Entry> entry =
        jdbc.sql(REMOVE)
            .param("request", request.uuid())
            .query((row, number) -> entry(row))
            .optional();
    entry.ifPresent(
        removed -> {
          lower(removed, "day", removed.day());
          removed.account().run().ifPresent(run -> lower(removed, "run", run));
        });
    return entry;
  }

  private void lower(Entry entry, String kind, String name) {
    account(LOWER, entry).param("kind", kind).param("name", name).update();
  }

  private StatementSpec account(String sql, Entry entry) {
    return jdbc.sql(sql)
        .param("agent", entry.account().agent())
        .param("action", entry.account().action())
        .param("currency", entry.account().currency())
        .param("amount", entry.amount())
        .param("autoApproved", entry.autoApprovedAmount());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        new Account(
            row.getString("agent"),
            row.getString("action"),
            row.getString("currency"),
            Optional.ofNullable(row.getString("run"))),
        row.getString("day"),
        row.getBigDecimal("amount"),
        row.getBoolean("auto_approved"));
  }
}
