package io.countersign.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Notes every statement that a thread serving HTTP sends to the database, and every commit. */
@Configuration(proxyBeanMethods = false)
public class CountedStatements {

  private static final List<Sent> LOG = new CopyOnWriteArrayList<>();

  /**
   * One round trip.
   *
   * @param sql what was sent; {@code commit} or {@code rollback} at the end of a transaction
   * @param rows how many rows it wrote
   * @param writing for a commit, whether its transaction wrote or locked
   */
  public record Sent(String sql, int rows, boolean writing) {
    boolean isEnd() {
      return sql.equals("commit") || sql.equals("rollback");
    }
  }

  /** What was sent between two looks. */
  public record Count(int statements, int rows, long writingTransactions, List<String> sql) {}

  /** Forgets everything. */
  public static void forget() {
    LOG.clear();
  }

  /** What was sent since. */
  public static Count count() {
    var sent = List.copyOf(LOG);
    var statements = sent.stream().filter(one -> !one.isEnd()).map(Sent::sql).toList();
    return new Count(
        statements.size(),
        sent.stream().mapToInt(Sent::rows).sum(),
        sent.stream().filter(one -> one.sql().equals("commit") && one.writing()).count(),
        statements);
  }

  @Bean
  static BeanPostProcessor countingDataSource() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && !(bean instanceof Counting)
            ? new Counting(source)
            : bean;
      }
    };
  }

  private static final class Counting extends DelegatingDataSource {
    Counting(DataSource target) {
      super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
      return new CountedConnection(super.getConnection()).proxy();
    }
  }

  /** One borrowed connection. */
  private static final class CountedConnection implements InvocationHandler {
    private final Connection target;
    private boolean wrote;

    CountedConnection(Connection target) {
      this.target = target;
    }

    Connection proxy() {
      return wrap(Connection.class, this);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      var result = call(target, method, arguments);
      switch (method.getName()) {
        case "commit", "rollback" -> {
          if (arguments == null) {
            note(new Sent(method.getName(), 0, wrote));
            wrote = false;
          }
        }
        case "prepareStatement" -> {
          return wrap(PreparedStatement.class, statement(result, sql(arguments)));
        }
        case "prepareCall" -> {
          return wrap(CallableStatement.class, statement(result, sql(arguments)));
        }
        case "createStatement" -> {
          return wrap(Statement.class, statement(result, ""));
        }
        default -> {}
      }
      return result;
    }

    private static String sql(Object @Nullable [] arguments) {
      return String.valueOf(Objects.requireNonNull(arguments)[0]);
    }

    private InvocationHandler statement(Object statement, String prepared) {
      var batch = new ArrayList<String>();
      return (proxy, method, arguments) -> {
        var result = call(statement, method, arguments);
        var sql = arguments != null && arguments[0] instanceof String text ? text : prepared;
        if (method.getName().equals("addBatch")) {
          batch.add(sql);
        } else if (method.getName().equals("executeBatch")) {
          batch.forEach(one -> sent(one, 1));
          batch.clear();
        } else if (method.getName().startsWith("execute")) {
          sent(sql, rows(result, (Statement) statement));
        }
        return result;
      };
    }

    private static int rows(Object result, Statement statement) throws SQLException {
      return result instanceof Integer count
          ? count
          : result instanceof Boolean ? Math.max(0, statement.getUpdateCount()) : 0;
    }

    private void sent(String sql, int rows) {
      var text = sql.strip().toLowerCase(Locale.ROOT);
      wrote |= rows > 0 || text.contains("for update") || text.contains("for no key update");
      note(new Sent(sql.strip().replaceAll("\\s+", " "), rows, false));
    }
  }

  /** The clock is read every ten seconds, whoever happens to ask: it would make counts inexact. */
  private static void note(Sent sent) {
    if (Thread.currentThread().getName().startsWith("http-nio")
        && !sent.sql().equals("select clock_timestamp()")) {
      LOG.add(sent);
    }
  }

  private static <T> T wrap(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            CountedStatements.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
