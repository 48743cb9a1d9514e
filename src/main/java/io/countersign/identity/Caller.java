package io.countersign.identity;

import io.countersign.shared.Role;
import java.util.Optional;
import java.util.Set;

/**
 * Who is calling, taken from a verified token.
 *
 * @param subject the Keycloak subject: people are compared by it, never by name
 * @param name the username of a person, the client id of a service account
 * @param kind whether a person or a client is calling
 * @param roles the realm roles of the token
 * @param owner the person who answers for a client; empty for people
 * @param signIn how the caller came by its token
 */
public record Caller(
    String subject,
    String name,
    Kind kind,
    Set<Role> roles,
    Optional<String> owner,
    SignIn signIn) {

  /** What stands behind a token. */
  public enum Kind {
    PERSON,
    CLIENT
  }

  /** Copies what it is given. */
  public Caller {
    roles = Set.copyOf(roles);
  }

  /** Whether the token carries the role. */
  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** Whether this is a person, not a service account. */
  public boolean isPerson() {
    return kind == Kind.PERSON;
  }
}
