package io.countersign.cli;

/** Why a command ends early. */
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Exit exit;

  Failure(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  Failure(Exit exit, String message, Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  Exit exit() {
    return exit;
  }
}
