package io.countersign.engine;

import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;

/**
 * Takes jobs only while that is allowed, whoever asks it to start; at first it is not. What was
 * taken before is carried out.
 */
final class GuardedJobExecutor extends SpringJobExecutor {

  private boolean wanted;
  private boolean allowed;

  @Override
  public synchronized void start() {
    wanted = true;
    if (allowed) {
      super.start();
    }
  }

  @Override
  public synchronized void shutdown() {
    wanted = false;
    super.shutdown();
  }

  synchronized void allow() {
    allowed = true;
    if (wanted) {
      super.start();
    }
  }

  synchronized void forbid() {
    allowed = false;
    super.shutdown();
  }
}
