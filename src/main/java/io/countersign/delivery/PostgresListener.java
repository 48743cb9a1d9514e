package io.countersign.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears what other nodes tell through PostgreSQL (LISTEN), over one connection that it keeps.
 *
 * <p>A wake is a hint, never the news itself: PostgreSQL forgets what was told while nobody was
 * connected. So every subscriber is also called after each (re)connection and must look for itself
 * what it missed. Subscribers run on the listening thread and must not block.
 *
 * <p>It lives here because the sender needs it and {@code handback} may use this module: a second
 * connection per node, or JDBC in {@code shared}, would cost more than that neighbourhood.
 */
@Component
public class PostgresListener implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PostgresListener.class);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration LAST_BACKOFF = Duration.ofSeconds(5);
  private static final int LISTEN_MILLIS = 500;
  private static final int CHECK_EVERY = 20;

  private final DataSource dataSource;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private @Nullable Thread thread;
  private CountDownLatch stopped = new CountDownLatch(1);

  private record Subscription(String channel, Consumer<String> onWake, Runnable onConnected) {}

  PostgresListener(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Subscribes to a channel; possible until the listener is started, so best in a constructor.
   *
   * @param onWake called with the payload of each notification
   * @param onConnected called after each connection, when notifications may have been missed
   */
  public synchronized void subscribe(
      String channel, Consumer<String> onWake, Runnable onConnected) {
    if (thread != null) {
      throw new IllegalStateException("subscribe to " + channel + " before the listener starts");
    }
    if (!channel.matches("[a-z_]+")) {
      throw new IllegalArgumentException("expected a channel of a-z and _, found " + channel);
    }
    subscriptions.add(new Subscription(channel, onWake, onConnected));
  }

  @Override
  public synchronized void start() {
    if (thread == null) {
      stopped = new CountDownLatch(1);
      Thread started = new Thread(this::run, "countersign-listener");
      started.setDaemon(true);
      thread = started;
      started.start();
    }
  }

  @Override
  public synchronized void stop() {
    Thread running = thread;
    if (running != null) {
      stopped.countDown();
      join(running);
      thread = null;
    }
  }

  private static void join(Thread running) {
    try {
      running.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  private boolean isStopping() {
    return stopped.getCount() == 0;
  }

  private void run() {
    Duration backoff = FIRST_BACKOFF;
    while (!isStopping()) {
      try (Connection connection = dataSource.getConnection()) {
        listen(connection);
        backoff = FIRST_BACKOFF;
        hear(connection);
      } catch (SQLException | RuntimeException e) {
        log.warn("lost the connection for wakes, trying again: {}", e.getMessage());
      }
      pause(backoff);
      backoff =
          backoff.multipliedBy(2).compareTo(LAST_BACKOFF) < 0
              ? backoff.multipliedBy(2)
              : LAST_BACKOFF;
    }
  }

  private void pause(Duration backoff) {
    try {
      stopped.await(backoff.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      for (Subscription subscription : subscriptions) {
        statement.execute("listen " + subscription.channel());
      }
    }
    for (Subscription subscription : subscriptions) {
      guarded(subscription.channel(), subscription.onConnected());
    }
  }

  private void hear(Connection connection) throws SQLException {
    try {
      hearUntilStopped(connection, connection.unwrap(PGConnection.class));
    } finally {
      // The pool hands a good connection on; by the failure of this statement it knows a bad one.
      try (Statement statement = connection.createStatement()) {
        statement.execute("unlisten *");
      }
    }
  }

  private void hearUntilStopped(Connection connection, PGConnection postgres) throws SQLException {
    int quietRounds = 0;
    while (!isStopping()) {
      PGNotification[] heard = postgres.getNotifications(LISTEN_MILLIS);
      if (heard != null && heard.length > 0) {
        quietRounds = 0;
        for (PGNotification notification : heard) {
          tell(notification);
        }
      } else if (++quietRounds % CHECK_EVERY == 0 && !connection.isValid(5)) {
        // A peer that vanished without a word never fails a read.
        throw new SQLException("the connection no longer answers");
      }
    }
  }

  private void tell(PGNotification notification) {
    for (Subscription subscription : subscriptions) {
      if (subscription.channel().equals(notification.getName())) {
        guarded(
            subscription.channel(),
            () -> subscription.onWake().accept(notification.getParameter()));
      }
    }
  }

  private static void guarded(String channel, Runnable subscriber) {
    try {
      subscriber.run();
    } catch (RuntimeException e) {
      log.error("a subscriber of {} failed", channel, e);
    }
  }
}
