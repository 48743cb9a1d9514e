package io.countersign.engine;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;

/**
 * Stands before the engine's own deployers, which every deployment passes. One that was let in
 * earlier and is read again is not asked about: requests keep the rules they started under.
 */
final class CheckedDeployments implements Deployer {

  private final Supplier<DeploymentCheck> check;

  CheckedDeployments(Supplier<DeploymentCheck> check) {
    this.check = check;
  }

  @Override
  public void deploy(DeploymentEntity deployment) {
    if (deployment.isNew()) {
      check.get().require(contents(deployment.getResources()));
    }
  }

  private static Map<String, byte[]> contents(Map<String, ResourceEntity> resources) {
    return resources.values().stream()
        .collect(Collectors.toMap(ResourceEntity::getName, ResourceEntity::getBytes));
  }
}
