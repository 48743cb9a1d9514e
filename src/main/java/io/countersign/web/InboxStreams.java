package io.countersign.web;

import io.countersign.notification.InboxChanges;
import io.countersign.shared.Role;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * The streams that open inboxes listen to (server-sent events). They carry no content, only that
 * the list is worth reading again; several changes within half a second are one. A stream ends
 * after five minutes: the page comes back, and with it the roles of a token that is no older.
 *
 * <p>Written by hand: the class of Spring MVC that would do it has a known hole, which no version
 * that can be had for free closes (see {@code docs/known-holes.md}).
 */
@Component
class InboxStreams {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration TOGETHER = Duration.ofMillis(500);
  private static final int MAX_STREAMS = 2_000;
  private static final int MAX_OF_ONE_PERSON = 20;
  private static final int THREADS = 4;
  private static final byte[] NOTHING = ":\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CHANGED = "event:changed\ndata:\n\n".getBytes(StandardCharsets.UTF_8);

  private final InboxChanges changes;
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor senders;

  InboxStreams(InboxChanges changes) {
    this.changes = changes;
    this.senders =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "countersign-inbox");
              thread.setDaemon(true);
              return thread;
            });
    senders.setRemoveOnCancelPolicy(true);
  }

  /**
   * Opens a stream for somebody with these roles, as the answer to their request.
   *
   * @param subject whose it is
   * @throws Problem if this node has too many, or too many of theirs
   */
  void open(
      String subject, Set<Role> roles, HttpServletRequest request, HttpServletResponse response) {
    if (streams.size() >= MAX_STREAMS) {
      throw new Problem(
          ProblemType.UNAVAILABLE, "too many inboxes are open on this node; ask again in a minute");
    }
    if (streams.stream().filter(it -> it.subject.equals(subject)).count() >= MAX_OF_ONE_PERSON) {
      throw new Problem(
          ProblemType.RATE_LIMITED, "you have too many inboxes open: close some of them");
    }
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    Stream stream = new Stream(subject, request.startAsync(request, response));
    streams.add(stream);
    stream.start(roles);
  }

  private final class Stream implements AsyncListener {

    private final String subject;
    private final AsyncContext context;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private Runnable stopListening = () -> {};
    private Future<?> heartbeat = CompletableFuture.completedFuture(null);

    Stream(String subject, AsyncContext context) {
      this.subject = subject;
      this.context = context;
      context.setTimeout(LONGEST.toMillis());
      context.addListener(this);
    }

    void start(Set<Role> roles) {
      stopListening = changes.listen(roles, this::changed);
      send(NOTHING);
      heartbeat =
          senders.scheduleWithFixedDelay(
              () -> send(NOTHING),
              HEARTBEAT.toMillis(),
              HEARTBEAT.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    private void changed() {
      if (told.compareAndSet(false, true)) {
        try {
          senders.schedule(this::tell, TOGETHER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
          close();
        }
      }
    }

    private void tell() {
      told.set(false);
      send(CHANGED);
    }

    private synchronized void send(byte[] event) {
      if (over.get()) {
        return;
      }
      try {
        ServletOutputStream out = context.getResponse().getOutputStream();
        out.write(event);
        out.flush();
      } catch (IOException | IllegalStateException gone) {
        close();
      }
    }

    void close() {
      if (end()) {
        try {
          context.complete();
        } catch (IllegalStateException completed) {
          // The container was first.
        }
      }
    }

    /** False if it had ended before. */
    private boolean end() {
      stopListening.run();
      heartbeat.cancel(false);
      streams.remove(this);
      return over.compareAndSet(false, true);
    }

    @Override
    public void onComplete(AsyncEvent event) {
      end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      close();
    }

    @Override
    public void onError(AsyncEvent event) {
      close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // Nothing starts it anew.
    }
  }

  @PreDestroy
  void stop() {
    streams.forEach(Stream::close);
    senders.shutdownNow();
  }
}
