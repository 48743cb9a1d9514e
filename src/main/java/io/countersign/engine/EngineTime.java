package io.countersign.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.joda.time.DateTimeUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Lets the engine live by the same time as everything else, the database's. Due dates, locks of
 * jobs and history all ask its {@link ClockUtil}, which asks Joda-Time, once for each JVM.
 */
@Component
class EngineTime implements DisposableBean {

  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private final Clock clock;

  EngineTime(Clock clock) {
    this.clock = clock;
  }

  void follow() {
    DateTimeUtils.setCurrentMillisProvider(clock::millis);
  }

  /**
   * Looks whether the engine does.
   *
   * @throws EngineNotHardened if it keeps another time
   */
  void requireFollowed() {
    Instant expected = clock.instant();
    Instant found = ClockUtil.now().toInstant();
    if (Duration.between(expected, found).abs().compareTo(TOLERANCE) > 0) {
      throw new EngineNotHardened(
          List.of("the engine's time: required " + expected + ", found " + found));
    }
  }

  @Override
  public void destroy() {
    DateTimeUtils.setCurrentMillisSystem();
  }
}
