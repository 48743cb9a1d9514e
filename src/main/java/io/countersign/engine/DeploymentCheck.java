package io.countersign.engine;

import java.util.Map;

/**
 * Decides whether models may be deployed.
 *
 * <p>Called once for every new deployment, through whichever door it comes (the archive at boot,
 * engine REST, Modeler's button), inside the engine's transaction and before anything in it is
 * parsed. A refusal leaves nothing of the deployment behind.
 */
public interface DeploymentCheck {

  /**
   * Looks at everything that one deployment holds.
   *
   * @param resources contents by name
   * @throws DeploymentRefused if any of it may not be deployed
   */
  void require(Map<String, byte[]> resources);
}
