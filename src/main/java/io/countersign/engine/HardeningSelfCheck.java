package io.countersign.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.jspecify.annotations.Nullable;

/** Looks at the engine as it was built and refuses to start with one that is open anywhere. */
final class HardeningSelfCheck {

  /** On every class path of this engine; {@link NoScripts} keeps them from being used. */
  private static final Set<String> THE_ENGINES_OWN =
      Set.of("juel", "feel-scala", "feel-scala-unary-tests");

  private final List<String> findings = new ArrayList<>();

  private HardeningSelfCheck() {}

  /**
   * Checks every flag and fact of the baseline.
   *
   * @throws EngineNotHardened listing everything that is not as required
   */
  static void run(
      ProcessEngineConfigurationImpl configuration,
      ProcessEngine engine,
      QueryExpressionProbe probe) {
    List<String> findings = findings(configuration, engine, probe);
    if (!findings.isEmpty()) {
      throw new EngineNotHardened(findings);
    }
  }

  static List<String> findings(
      ProcessEngineConfigurationImpl configuration,
      ProcessEngine engine,
      QueryExpressionProbe probe) {
    HardeningSelfCheck check = new HardeningSelfCheck();
    check.flags(configuration);
    check.limits(configuration);
    check.facts(engine);
    check.findings.addAll(
        probe.openWays(engine).stream()
            .map(way -> "expressions are evaluated by a " + way + " (CVE-2026-109432)")
            .toList());
    return List.copyOf(check.findings);
  }

  private void flags(ProcessEngineConfigurationImpl engine) {
    require("authorizationEnabled", true, engine.isAuthorizationEnabled());
    require(
        "enforceSpecificVariablePermission", true, engine.isEnforceSpecificVariablePermission());
    require("enableExpressionsInAdhocQueries", false, engine.isEnableExpressionsInAdhocQueries());
    require(
        "deserializationTypeValidationEnabled",
        true,
        engine.isDeserializationTypeValidationEnabled());
    require("javaSerializationFormatEnabled", false, engine.isJavaSerializationFormatEnabled());
    require("enableXxeProcessing", false, engine.isEnableXxeProcessing());
    require("standaloneTasksEnabled", false, engine.isStandaloneTasksEnabled());
    require("reevaluateTimeCycleWhenDue", true, engine.isReevaluateTimeCycleWhenDue());
    require(
        "expressionManager",
        GuardedExpressions.class.getSimpleName(),
        engine.getExpressionManager().getClass().getSimpleName());
    require(
        "scriptEngineResolver",
        NoScripts.class.getSimpleName(),
        engine.getScriptEngineResolver().getClass().getSimpleName());
    boolean guarded =
        engine.getCommandInterceptorsTxRequired().stream().anyMatch(EngineDoors.class::isInstance)
            && engine.getCommandInterceptorsTxRequiresNew().stream()
                .anyMatch(EngineDoors.class::isInstance);
    require("commandInterceptors with EngineDoors", true, guarded);
    boolean checked =
        engine.getDeployers().stream()
            .findFirst()
            .filter(CheckedDeployments.class::isInstance)
            .isPresent();
    require("deployers beginning with CheckedDeployments", true, checked);
  }

  private void limits(ProcessEngineConfigurationImpl engine) {
    JobExecutor jobs = engine.getJobExecutor();
    require(
        "job executor: its first wait is no longer than its longest",
        true,
        jobs.getWaitTimeInMillis() > 0 && jobs.getWaitTimeInMillis() <= jobs.getMaxWait());
    require(
        "defaultUserPermissionNameForTask",
        TaskPermissions.TASK_WORK.getName(),
        engine.getDefaultUserPermissionNameForTask());
    require("queryMaxResultsLimit", EngineSettings.MAX_RESULTS, engine.getQueryMaxResultsLimit());
    require("deserializationAllowedPackages", "", engine.getDeserializationAllowedPackages());
    require("deserializationAllowedClasses", "", engine.getDeserializationAllowedClasses());
    require(
        "javax.xml.accessExternalSchema",
        "",
        System.getProperty("javax.xml.accessExternalSchema", ""));
  }

  private void facts(ProcessEngine engine) {
    require("identityService.readOnly", true, engine.getIdentityService().isReadOnly());
    require("script engines on the class path", List.of(), foreignScriptEngines());
    require("grants to create or change filters or deployments", List.of(), looseGrants(engine));
  }

  private static List<String> foreignScriptEngines() {
    return new ScriptEngineManager()
        .getEngineFactories().stream()
            .map(ScriptEngineFactory::getEngineName)
            .filter(name -> !THE_ENGINES_OWN.contains(name))
            .toList();
  }

  private static List<String> looseGrants(ProcessEngine engine) {
    List<String> loose = new ArrayList<>();
    for (Resources resource : List.of(Resources.FILTER, Resources.DEPLOYMENT)) {
      for (Authorization grant :
          engine
              .getAuthorizationService()
              .createAuthorizationQuery()
              .resourceType(resource)
              .list()) {
        if (grant.getAuthorizationType() != Authorization.AUTH_TYPE_REVOKE
            && (grant.isPermissionGranted(Permissions.CREATE)
                || grant.isPermissionGranted(Permissions.UPDATE))) {
          loose.add(resource + " to " + grant.getGroupId() + grant.getUserId());
        }
      }
    }
    return loose;
  }

  private void require(String what, Object required, @Nullable Object found) {
    if (!Objects.equals(required, found)) {
      findings.add(what + ": required " + required + ", found " + found);
    }
  }
}
