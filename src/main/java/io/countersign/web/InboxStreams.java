package io.countersign.web;

import io.countersign.notification.InboxChanges;
import io.countersign.shared.Role;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The streams that open inboxes listen to (server-sent events). They carry no content, only that
 * the list is worth reading again; several changes within half a second are one. A stream ends
 * after five minutes: the page comes back, and with it the roles of a token that is no older.
 */
@Component
class InboxStreams {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration TOGETHER = Duration.ofMillis(500);
  private static final int MAX_STREAMS = 2_000;
  private static final int MAX_OF_ONE_PERSON = 20;
  private static final int THREADS = 4;

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
   * Opens a stream for somebody with these roles.
   *
   * @param subject whose it is
   * @throws Problem if this node has too many, or too many of theirs
   */
  SseEmitter open(String subject, Set<Role> roles) {
    if (streams.size() >= MAX_STREAMS) {
      throw new Problem(
          ProblemType.UNAVAILABLE, "too many inboxes are open on this node; ask again in a minute");
    }
    if (streams.stream().filter(it -> it.subject.equals(subject)).count() >= MAX_OF_ONE_PERSON) {
      throw new Problem(
          ProblemType.RATE_LIMITED, "you have too many inboxes open: close some of them");
    }
    Stream stream = new Stream(subject);
    streams.add(stream);
    stream.start(roles);
    return stream.emitter;
  }

  private final class Stream {

    private final String subject;
    private final SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
    private final AtomicBoolean told = new AtomicBoolean();
    private Runnable stopListening = () -> {};
    private Future<?> heartbeat = CompletableFuture.completedFuture(null);

    Stream(String subject) {
      this.subject = subject;
    }

    void start(Set<Role> roles) {
      emitter.onCompletion(this::end);
      emitter.onTimeout(emitter::complete);
      emitter.onError(failure -> end());
      stopListening = changes.listen(roles, this::changed);
      heartbeat =
          senders.scheduleWithFixedDelay(
              () -> send(SseEmitter.event().comment("")),
              0,
              HEARTBEAT.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    private void changed() {
      if (told.compareAndSet(false, true)) {
        try {
          senders.schedule(this::tell, TOGETHER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
          end();
        }
      }
    }

    private void tell() {
      told.set(false);
      send(SseEmitter.event().name("changed").data(""));
    }

    private void send(SseEmitter.SseEventBuilder event) {
      try {
        emitter.send(event);
      } catch (IOException | IllegalStateException gone) {
        end();
      }
    }

    void end() {
      stopListening.run();
      heartbeat.cancel(false);
      streams.remove(this);
    }
  }

  @PreDestroy
  void stop() {
    streams.forEach(stream -> stream.emitter.complete());
    senders.shutdownNow();
  }
}
