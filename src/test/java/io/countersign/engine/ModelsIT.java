package io.countersign.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.testing.RunningApplication;
import java.sql.SQLException;
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

  private static StartEventBuilder start() {
    return Bpmn.createExecutableProcess("try-something")
        .camundaHistoryTimeToLiveString("P1D")
        .startEvent();
  }

  private void run(BpmnModelInstance model) {
    var repository = engine.getRepositoryService();
    var deployment = repository.createDeployment().addModelInstance("try.bpmn", model).deploy();
    try {
      engine.getRuntimeService().startProcessInstanceByKey("try-something");
    } finally {
      repository.deleteDeployment(deployment.getId(), true);
    }
  }
}
