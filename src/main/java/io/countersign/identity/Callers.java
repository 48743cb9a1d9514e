package io.countersign.identity;

import java.util.Optional;

/** Tells who is calling in the current request. */
public interface Callers {

  /** The caller of this thread's request; nothing outside of one, or before sign-in. */
  Optional<Caller> find();

  /**
   * The caller of this thread's request.
   *
   * @throws IllegalStateException where nobody is signed in; doors are closed before this can
   *     happen
   */
  default Caller current() {
    return find().orElseThrow(() -> new IllegalStateException("nobody is signed in"));
  }
}
