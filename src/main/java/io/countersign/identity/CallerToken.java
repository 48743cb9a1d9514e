package io.countersign.identity;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** The caller of one request, as the security filters carry it; never kept in a session. */
final class CallerToken extends AbstractAuthenticationToken {

  private final transient Caller caller;
  private final boolean bearer;

  private CallerToken(Caller caller, boolean bearer) {
    super(authorities(caller));
    this.caller = caller;
    this.bearer = bearer;
    setAuthenticated(true);
  }

  /** A caller that sent a bearer token. */
  static CallerToken bearer(Caller caller) {
    return new CallerToken(caller, true);
  }

  /** A person with a session of ours. */
  static CallerToken signedIn(Caller person) {
    return new CallerToken(person, false);
  }

  private static List<SimpleGrantedAuthority> authorities(Caller caller) {
    return caller.roles().stream()
        .map(role -> new SimpleGrantedAuthority("ROLE_" + role.realmName()))
        .toList();
  }

  Caller caller() {
    return caller;
  }

  boolean isBearer() {
    return bearer;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Object getPrincipal() {
    return caller;
  }

  @Override
  public String getName() {
    return caller.name();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CallerToken token
        && token.caller.equals(caller)
        && token.bearer == bearer;
  }

  @Override
  public int hashCode() {
    return Objects.hash(caller, bearer);
  }
}
