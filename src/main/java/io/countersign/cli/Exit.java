package io.countersign.cli;

/** How a command ends; the codes stand in the guide for reviewers. */
enum Exit {
  DONE(0),
  /** The server understood and said no. */
  REFUSED(1),
  USAGE(2),
  SIGN_IN(3),
  /** Nobody answered, or something else than was agreed. */
  UNAVAILABLE(4),
  /** Whoever was asked did not say yes. */
  NOT_CONFIRMED(5);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
