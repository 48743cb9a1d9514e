package io.countersign.delivery;

import java.util.Optional;

/**
 * What a receiver said.
 *
 * @param retryAfter the header of that name
 */
record Answer(int status, Optional<String> retryAfter) {

  private static final int GONE = 410;

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isGone() {
    return status == GONE;
  }

  String sentence() {
    if (isGone()) {
      return "the receiver answered 410: it wants no more of these";
    }
    boolean redirect = status >= 300 && status < 400;
    return "the receiver answered " + status + (redirect ? "; redirects are not followed" : "");
  }
}
