package io.countersign.story;

import io.countersign.delivery.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The time that all nodes agree on, their engines too, moved by hand. It lies in the past: the
 * tokens of people who decide are then always fresh.
 */
@TestConfiguration(proxyBeanMethods = false)
@Order(Ordered.HIGHEST_PRECEDENCE)
class MovedTime {

  static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(2));

  private static final MovableClock DATABASE = new MovableClock();

  @Bean
  Clock clock() {
    return DATABASE;
  }

  static void set(Instant now) {
    DATABASE.set(now);
  }

  /** Moves on by that much and runs every job that has fallen due. */
  static void pass(Story story, Duration time) {
    set(DATABASE.instant().plus(time));
    ManagementService jobs = story.application().bean(ManagementService.class);
    for (Job job : jobs.createJobQuery().executable().orderByJobDuedate().asc().list()) {
      if (jobs.createJobQuery().jobId(job.getId()).count() > 0) {
        jobs.executeJob(job.getId());
      }
    }
  }
}
