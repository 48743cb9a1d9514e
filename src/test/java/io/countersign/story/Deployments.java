package io.countersign.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.RepositoryService;

/** Further versions of the shipped models, let in by the chain check like all others. */
public final class Deployments {

  private final RepositoryService models;

  /** Deploys with this service. */
  public Deployments(RepositoryService models) {
    this.models = models;
  }

  /**
   * Deploys a chain together with what it calls.
   *
   * @return the new version of that chain
   */
  public int next(String chain, UnaryOperator<String> change) {
    return deploy(chain, change, UnaryOperator.identity());
  }

  /**
   * Deploys the building block of people.
   *
   * @return its new version
   */
  public int nextReviewStage(UnaryOperator<String> change) {
    deploy("approve-action", UnaryOperator.identity(), change);
    return newest("review-stage");
  }

  private int deploy(String chain, UnaryOperator<String> change, UnaryOperator<String> block) {
    models
        .createDeployment()
        .name("next " + chain)
        .addString("processes/" + chain + ".bpmn", change.apply(file("processes", chain + ".bpmn")))
        .addString(
            "processes/review-stage.bpmn", block.apply(file("processes", "review-stage.bpmn")))
        .addString("forms/review-action.html", file("forms", "review-action.html"))
        .deploy();
    return newest(chain);
  }

  /** The newest version of a model. */
  public int newest(String key) {
    return models
        .createProcessDefinitionQuery()
        .processDefinitionKey(key)
        .latestVersion()
        .singleResult()
        .getVersion();
  }

  private static String file(String folder, String name) {
    try {
      return Files.readString(Path.of(folder, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
