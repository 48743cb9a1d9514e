package io.countersign.engine;

import org.camunda.bpm.engine.BadUserRequestException;

/** A deployment that the check has refused; the engine's REST interface answers 400 and why. */
public class DeploymentRefused extends BadUserRequestException {

  private static final long serialVersionUID = 1L;

  /** Refuses in the words of the check. */
  public DeploymentRefused(String message) {
    super(message);
  }
}
