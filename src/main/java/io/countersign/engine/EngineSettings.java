package io.countersign.engine;

import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/** The flags that differ from the engine's defaults; the self-check holds them. */
final class EngineSettings {

  static final int MAX_RESULTS = 2_000;

  private EngineSettings() {}

  static void apply(ProcessEngineConfigurationImpl engine) {
    close(engine);
    // Else a reviewer's comment ends in "No task found".
    engine.setEnableHistoricInstancePermissions(true);
    engine.setReevaluateTimeCycleWhenDue(true);
    engine.setEnableExceptionsAfterUnhandledBpmnError(true);
    engine.setHistoryTimeToLive("P180D");
    engine.setHistoryRemovalTimeStrategy(
        ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_START);
    engine.setHistoryCleanupBatchWindowStartTime("02:00");
    engine.setHistoryCleanupBatchWindowEndTime("04:00");
    engine.setHistoryCleanupDegreeOfParallelism(1);
    engine.setDefaultNumberOfRetries(3);
    engine.setFailedJobRetryTimeCycle("PT10S,PT1M,PT10M,PT1H,PT6H");
    engine.setCreateIncidentOnFailedJobEnabled(true);
    // A refused decision is an answer to a person, not an error of the engine.
    engine.setEnableCmdExceptionLogging(false);
    engine.setCmmnEnabled(false);
    engine.setStandaloneTasksEnabled(false);
  }

  private static void close(ProcessEngineConfigurationImpl engine) {
    engine.setAuthorizationEnabled(true);
    engine.setAuthorizationEnabledForCustomCode(false);
    engine.setDefaultUserPermissionNameForTask(TaskPermissions.TASK_WORK.getName());
    engine.setEnforceSpecificVariablePermission(true);
    engine.setEnableExpressionsInAdhocQueries(false);
    engine.setEnableExpressionsInStoredQueries(true);
    engine.setDeserializationTypeValidationEnabled(true);
    engine.setDeserializationAllowedPackages("");
    engine.setDeserializationAllowedClasses("");
    engine.setJavaSerializationFormatEnabled(false);
    engine.setEnableXxeProcessing(false);
    engine.setQueryMaxResultsLimit(MAX_RESULTS);
    engine.setScriptEngineResolver(new NoScripts());
    engine.setEnableScriptEngineLoadExternalResources(false);
    engine.setEnableScriptEngineNashornCompatibility(false);
  }
}
