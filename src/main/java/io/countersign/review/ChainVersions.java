package io.countersign.review;

import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/** The deployed chains and building blocks. All passed the chain check: nothing else gets in. */
@Component
class ChainVersions {

  private final RepositoryService models;
  private final RunningChains running;

  ChainVersions(RepositoryService models, RunningChains running) {
    this.models = models;
    this.running = running;
  }

  List<Chain> all() {
    Map<String, Instant> deployed =
        models.createDeploymentQuery().list().stream()
            .collect(Collectors.toMap(Deployment::getId, it -> it.getDeploymentTime().toInstant()));
    Map<String, Long> counts = running.counts();
    Map<String, List<ProcessDefinition>> byKey = new LinkedHashMap<>();
    models
        .createProcessDefinitionQuery()
        .orderByProcessDefinitionKey()
        .asc()
        .orderByProcessDefinitionVersion()
        .desc()
        .list()
        .forEach(it -> byKey.computeIfAbsent(it.getKey(), key -> new ArrayList<>()).add(it));
    return byKey.values().stream().map(versions -> chain(versions, deployed, counts)).toList();
  }

  private static Chain chain(
      List<ProcessDefinition> versions, Map<String, Instant> deployed, Map<String, Long> counts) {
    ProcessDefinition newest = versions.get(0);
    return new Chain(
        newest.getKey(),
        Objects.requireNonNullElse(newest.getName(), newest.getKey()),
        versions.stream()
            .map(
                it ->
                    new Chain.Version(
                        it.getVersion(),
                        Objects.requireNonNull(deployed.get(it.getDeploymentId())),
                        counts.getOrDefault(it.getId(), 0L)))
            .toList());
  }

  /**
   * Refuses a chain that is not there.
   *
   * @throws Problem if there is none of that key
   */
  void requireKnown(String chain) {
    if (models.createProcessDefinitionQuery().processDefinitionKey(chain).count() == 0) {
      throw new Problem(ProblemType.NOT_FOUND, "there is no such chain");
    }
  }

  /**
   * One version.
   *
   * @throws Problem naming the field if there is none
   */
  ProcessDefinition require(String chain, int version, String field) {
    requireKnown(chain);
    ProcessDefinition found =
        models
            .createProcessDefinitionQuery()
            .processDefinitionKey(chain)
            .processDefinitionVersion(version)
            .singleResult();
    if (found == null) {
      throw new Problem(
          ProblemType.INVALID_BODY, field, "expected a version of this chain that is deployed");
    }
    return found;
  }
}
