package io.countersign.identity;

import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Finds the caller where the security filters have put it. */
@Component
class TokenCallers implements Callers {

  @Override
  public Optional<Caller> find() {
    return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
        .filter(CallerToken.class::isInstance)
        .map(CallerToken.class::cast)
        .map(CallerToken::caller);
  }
}
