package io.countersign.request;

/** A transition that the present state of a request or stage does not allow. */
public class NotPossibleNow extends RuntimeException {

  NotPossibleNow(String transition, Object subject, Object state) {
    super("cannot " + transition + " " + subject + ": it is " + state);
  }
}
