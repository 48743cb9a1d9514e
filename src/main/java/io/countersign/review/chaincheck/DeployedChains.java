package io.countersign.review.chaincheck;

import io.countersign.engine.DeploymentCheck;
import io.countersign.engine.DeploymentRefused;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Lets only those deployments into the engine in which every chain passes the check. */
@Component
class DeployedChains implements DeploymentCheck {

  @Override
  public void require(Map<String, byte[]> resources) {
    Map<String, byte[]> models = new HashMap<>();
    resources.forEach(
        (name, content) -> {
          if (isModel(name)) {
            models.put(name, content);
          } else {
            requireShipped(name, content);
          }
        });
    List<Finding> findings = ChainCheck.findings(models);
    if (!findings.isEmpty()) {
      throw new DeploymentRefused(
          findings.stream().map(Finding::text).collect(Collectors.joining("\n")));
    }
  }

  /** The suffixes by which the engine tells models. */
  private static boolean isModel(String name) {
    return name.endsWith("bpmn") || name.endsWith("bpmn20.xml");
  }

  /** A form runs in the reviewer's own session; a table or a picture has no place in a chain. */
  private static void requireShipped(String name, byte[] content) {
    try (InputStream shipped = DeployedChains.class.getResourceAsStream("/" + name)) {
      if (shipped != null && Arrays.equals(shipped.readAllBytes(), content)) {
        return;
      }
    } catch (IOException unreadable) {
      throw new DeploymentRefused(name + ": what the application ships cannot be read.");
    }
    throw new DeploymentRefused(
        name + ": only models are deployed, and forms exactly as the application ships them.");
  }
}
