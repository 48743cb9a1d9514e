package io.countersign.engine;

import java.util.Optional;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;

/** Who runs timers: as the starter would set it up, but guarded. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(
    prefix = "camunda.bpm.job-execution",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
class JobExecution {

  @Bean
  GuardedJobExecutor jobExecutor(
      @Qualifier("camundaTaskExecutor") TaskExecutor threads, CamundaBpmProperties properties) {
    JobExecutionProperty settings = properties.getJobExecution();
    GuardedJobExecutor jobs = new GuardedJobExecutor();
    jobs.setTaskExecutor(threads);
    jobs.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
    Optional.ofNullable(settings.getLockTimeInMillis()).ifPresent(jobs::setLockTimeInMillis);
    Optional.ofNullable(settings.getMaxJobsPerAcquisition())
        .ifPresent(jobs::setMaxJobsPerAcquisition);
    Optional.ofNullable(settings.getWaitTimeInMillis()).ifPresent(jobs::setWaitTimeInMillis);
    Optional.ofNullable(settings.getMaxWait()).ifPresent(jobs::setMaxWait);
    Optional.ofNullable(settings.getBackoffTimeInMillis()).ifPresent(jobs::setBackoffTimeInMillis);
    Optional.ofNullable(settings.getMaxBackoff()).ifPresent(jobs::setMaxBackoff);
    Optional.ofNullable(settings.getBackoffDecreaseThreshold())
        .ifPresent(jobs::setBackoffDecreaseThreshold);
    Optional.ofNullable(settings.getWaitIncreaseFactor()).ifPresent(jobs::setWaitIncreaseFactor);
    return jobs;
  }
}
