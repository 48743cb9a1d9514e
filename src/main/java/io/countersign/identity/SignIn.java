package io.countersign.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * How somebody came by the token they call with.
 *
 * @param tokenIssuedAt when the token that carries the roles was issued
 * @param at when the person last proved who they are ({@code auth_time}); tokens are renewed
 *     without that
 * @param level how surely they proved it ({@code acr})
 */
public record SignIn(Instant tokenIssuedAt, Optional<Instant> at, Optional<String> level) {

  /** Somebody who has just signed in with a password. */
  public static SignIn justNow(Instant now) {
    return new SignIn(now, Optional.of(now), Optional.of("1"));
  }
}
