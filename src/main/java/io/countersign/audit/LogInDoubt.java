package io.countersign.audit;

/** The log contradicts what was signed before: nothing may be signed until somebody has looked. */
class LogInDoubt extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String reason;

  LogInDoubt(String reason) {
    super(reason);
    this.reason = reason;
  }

  LogInDoubt(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
