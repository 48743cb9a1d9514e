package io.countersign.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What lies before the robots, and how far they have come. */
final class Work {

  private int proposals;
  private int taken;
  private int allowed;
  private final BlockingQueue<Errand> reviewers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Errand> rivals = new LinkedBlockingQueue<>();
  private final BlockingQueue<Errand> finance = new LinkedBlockingQueue<>();
  private final DelayQueue<Due> settling = new DelayQueue<>();
  private final Set<Errand> underWay = ConcurrentHashMap.newKeySet();
  private int acknowledged;
  private int finished;
  private boolean abandoned;
  private boolean closed;
  private long lastAcknowledged = System.nanoTime();
  private Duration longestSilence = Duration.ZERO;

  Work(int proposals) {
    this.proposals = proposals;
  }

  /** The number of the next proposal, once it is its turn; negative if there is none. */
  synchronized int takeNumber() throws InterruptedException {
    while (taken >= allowed && taken < proposals) {
      wait();
    }
    return taken < proposals ? taken++ : -1;
  }

  /** Lets so many be proposed by now; the others are for what goes wrong later. */
  synchronized void allow(int count) {
    allowed = count;
    notifyAll();
  }

  /** Lets nothing more be proposed than is on its way already. */
  synchronized void closeTheDoor() {
    closed = true;
    proposals = taken;
    notifyAll();
  }

  /** Whoever of the reviewers comes first. */
  BlockingQueue<Errand> reviewers() {
    return reviewers;
  }

  /** The one who decides otherwise than the others. */
  BlockingQueue<Errand> rivals() {
    return rivals;
  }

  BlockingQueue<Errand> finance() {
    return finance;
  }

  /** Lets somebody look what became of it, after a while. */
  void settle(Errand errand, Duration after) {
    settling.add(new Due(errand, System.nanoTime() + after.toNanos()));
  }

  Errand takeToSettle() throws InterruptedException {
    return settling.take().errand();
  }

  synchronized void acknowledge(Errand errand) {
    underWay.add(errand);
    if (acknowledged++ > 0) {
      noteSilence();
    }
    lastAcknowledged = System.nanoTime();
    notifyAll();
  }

  private void noteSilence() {
    Duration silence = Duration.ofNanos(System.nanoTime() - lastAcknowledged);
    if (silence.compareTo(longestSilence) > 0) {
      longestSilence = silence;
    }
  }

  synchronized void finish(Errand errand) {
    if (underWay.remove(errand)) {
      finished++;
      notifyAll();
    }
  }

  /** The longest time in which no proposal was acknowledged. */
  synchronized Duration longestSilence() {
    return longestSilence;
  }

  /** Waits until so many proposals were taken, unless nobody works any more. */
  synchronized void awaitAcknowledged(int count) throws InterruptedException {
    while (acknowledged < Math.min(count, proposals) && !abandoned) {
      wait();
    }
  }

  /** Whether nothing more is to go wrong. */
  synchronized boolean isOver() {
    return abandoned || closed;
  }

  /** Nobody need wait for what cannot come any more. */
  synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  /** Waits until nothing is left to do, or the time is over; then tells what is left. */
  synchronized List<Errand> awaitFinished(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (finished < proposals && !abandoned && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
    }
    return List.copyOf(underWay);
  }

  private record Due(Errand errand, long nanos) implements Delayed {

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
