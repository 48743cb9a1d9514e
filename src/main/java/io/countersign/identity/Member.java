package io.countersign.identity;

import java.util.Set;

/**
 * A person as Keycloak knows them now, with what decides who is asked.
 *
 * @param subject the Keycloak subject: people are compared by it, never by name
 * @param username what the engine calls them; an administrator may change it
 * @param expertise the values of their attribute {@code expertise}
 * @param seniority their attribute {@code seniority}, 1 to 9; 0 for those who have none
 */
public record Member(String subject, String username, Set<String> expertise, int seniority) {

  /** Copies what it is given. */
  public Member {
    expertise = Set.copyOf(expertise);
  }
}
