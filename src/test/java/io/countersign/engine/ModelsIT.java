package io.countersign.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.testing.RunningApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.StartEventBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model can reach once it is deployed, and what the engine itself can. */
class ModelsIT {

  private final RunningApplication application = RunningApplication.shared();
  private final ProcessEngine engine = application.bean(ProcessEngine.class);

  @Test
  void showsModelsTheListedBeans() {
    var probe = application.bean(QueryExpressionProbe.class);
    var before = probe.evaluations();
    run(start().serviceTask().camundaExpression("${queryExpressionProbe.evaluated()}").done());
    assertThat(probe.evaluations()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${dataSource}",
        "${environment}",
        "${runtimeService}",
        "${processEngine}",
        "${callers}",
        "${checkedDecisions}",
      })
  void hidesEveryOtherBean(String expression) {
    var model = start().serviceTask().camundaExpression(expression).done();
    assertThatThrownBy(() -> run(model))
        .isInstanceOf(ProcessEngineException.class)
        .hasMessageContaining("Unknown property");
  }

  @ParameterizedTest
  @ValueSource(strings = {"juel", "feel", "javascript", "groovy"})
  void runsNoScript(String language) {
    var model = start().scriptTask().scriptFormat(language).scriptText("1 + 1").done();
    assertThatThrownBy(() -> run(model)).isInstanceOf(ProcessEngineException.class);
  }

  @Test
  void leavesTheSchemaToItsOwner() throws SQLException {
    try (var connection = application.database().asApp();
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("alter table act_ru_task add column x text"))
          .hasMessageContaining("must be owner");
      assertThatThrownBy(() -> statement.execute("create table x (y text)"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void findsEachFlagThatIsNotAsItMustBe() {
    var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    var probe = application.bean(QueryExpressionProbe.class);
    assertThat(HardeningSelfCheck.findings(configuration, engine, probe)).isEmpty();
    configuration.setEnforceSpecificVariablePermission(false);
    configuration.setQueryMaxResultsLimit(Integer.MAX_VALUE);
    configuration.setEnableXxeProcessing(true);
    try {
      assertThat(HardeningSelfCheck.findings(configuration, engine, probe))
          .hasSize(3)
          .anySatisfy(
              it ->
                  assertThat(it)
                      .isEqualTo("enforceSpecificVariablePermission: required true, found false"));
    } finally {
      EngineSettings.apply(configuration);
    }
  }

  @Test
  void refusesABadChainWithItsPathAndKeepsNothingOfTheDeployment() throws IOException {
    var repository = engine.getRepositoryService();
    var deployments = repository.createDeploymentQuery().count();
    var definitions = repository.createProcessDefinitionQuery().count();
    var shelf = Path.of("src/test/resources/chains");
    var builder = repository.createDeployment().name("bad chain");
    for (var file : List.of("review-stage.bpmn", "refused/approve-when-late.bpmn")) {
      builder.addString(file, Files.readString(shelf.resolve(file)));
    }

    assertThatThrownBy(builder::deploy)
        .isInstanceOf(DeploymentRefused.class)
        .isInstanceOf(BadUserRequestException.class)
        .hasMessageContaining("no-silent-approval")
        .hasMessageContaining("BoundaryEvent_NobodyAnswered \"Nobody answered\"");

    assertThat(repository.createDeploymentQuery().count()).isEqualTo(deployments);
    assertThat(repository.createProcessDefinitionQuery().count()).isEqualTo(definitions);
  }

  @Test
  void letsAGoodChainIn() throws IOException {
    var repository = engine.getRepositoryService();
    var shelf = Path.of("src/test/resources/chains");
    var builder = repository.createDeployment().name("good chain");
    for (var file : List.of("review-stage.bpmn", "accepted/approve-once.bpmn")) {
      builder.addString(file, Files.readString(shelf.resolve(file)));
    }
    var deployment = builder.deploy();
    assertThat(repository.createProcessDefinitionQuery().deploymentId(deployment.getId()).count())
        .isEqualTo(2);
    repository.deleteDeployment(deployment.getId(), true);
  }

  private static StartEventBuilder start() {
    return Bpmn.createExecutableProcess("try-something")
        .camundaHistoryTimeToLiveString("P1D")
        .startEvent();
  }

  /** Past the chain check, which would let none of these in: what holds behind it is the point. */
  private void run(BpmnModelInstance model) {
    var repository = engine.getRepositoryService();
    var deployment =
        unchecked(() -> repository.createDeployment().addModelInstance("try.bpmn", model).deploy());
    try {
      engine.getRuntimeService().startProcessInstanceByKey("try-something");
    } finally {
      repository.deleteDeployment(deployment.getId(), true);
    }
  }

  private <T> T unchecked(Supplier<T> deploys) {
    var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    var cache = configuration.getDeploymentCache();
    cache.setDeployers(
        configuration.getDeployers().stream()
            .filter(deployer -> !(deployer instanceof CheckedDeployments))
            .toList());
    try {
      return deploys.get();
    } finally {
      cache.setDeployers(configuration.getDeployers());
    }
  }
}
