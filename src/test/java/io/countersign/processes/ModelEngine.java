package io.countersign.processes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Job;

/** An engine that runs the shipped models on PostgreSQL; time moves only when a test moves it. */
final class ModelEngine implements AutoCloseable {

  private static final Path MODELS = Path.of("processes");

  private final EmbeddedPostgres postgres;
  private final ProcessEngine engine;
  private final FlowCoverage coverage;

  private ModelEngine(EmbeddedPostgres postgres, ProcessEngine engine, FlowCoverage coverage) {
    this.postgres = postgres;
    this.engine = engine;
    this.coverage = coverage;
  }

  static ModelEngine start(Map<Object, Object> beans) throws IOException {
    EmbeddedPostgres postgres = EmbeddedPostgres.start();
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName("models");
    configuration.setDataSource(postgres.getPostgresDatabase());
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setHistory(ProcessEngineConfiguration.HISTORY_ACTIVITY);
    configuration.setJobExecutorActivate(false);
    configuration.setReevaluateTimeCycleWhenDue(true);
    configuration.setBeans(beans);
    FlowCoverage coverage = new FlowCoverage();
    configuration.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(coverage)));
    ProcessEngine engine = configuration.buildProcessEngine();
    DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
    try (DirectoryStream<Path> models = Files.newDirectoryStream(MODELS, "*.bpmn")) {
      models.forEach(model -> deployment.addClasspathResource("processes/" + model.getFileName()));
    }
    deployment.deploy();
    return new ModelEngine(postgres, engine, coverage);
  }

  /** Which sequence flows were taken since the start. */
  FlowCoverage coverage() {
    return coverage;
  }

  ProcessEngine engine() {
    return engine;
  }

  void setTime(Instant now) {
    ClockUtil.setCurrentTime(Date.from(now));
  }

  /** Runs every job that is due, once; a job that fails is left to its retry cycle. */
  void runDueJobs() {
    ManagementService jobs = engine.getManagementService();
    for (Job job : jobs.createJobQuery().executable().orderByJobDuedate().asc().list()) {
      if (jobs.createJobQuery().jobId(job.getId()).count() == 0) {
        continue; // A job before it ended the task this one belonged to.
      }
      try {
        jobs.executeJob(job.getId());
      } catch (StandInFailure expected) {
        // The engine has already noted the failure and planned the retry.
      }
    }
  }

  List<Instant> dueDates() {
    return engine.getManagementService().createJobQuery().orderByJobDuedate().asc().list().stream()
        .map(job -> job.getDuedate().toInstant())
        .toList();
  }

  List<String> endsReached(String processInstanceId) {
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(processInstanceId)
        .orderByHistoricActivityInstanceEndTime()
        .asc()
        .list()
        .stream()
        .filter(activity -> activity.getActivityType().endsWith("EndEvent"))
        .map(end -> end.getActivityId())
        .toList();
  }

  /** Removes what a test left running. */
  void clear() {
    engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list().stream()
        .map(instance -> instance.getId())
        .forEach(id -> engine.getRuntimeService().deleteProcessInstance(id, "test over"));
    ClockUtil.reset();
  }

  @Override
  public void close() throws IOException {
    engine.close();
    postgres.close();
  }

  /** What a stand-in throws when a test asks it to fail. */
  static final class StandInFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
