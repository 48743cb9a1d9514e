package io.countersign.notification;

import io.countersign.delivery.PostgresListener;
import io.countersign.shared.Role;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Tells open pages that what waits for a role may have changed, whichever node changed it.
 *
 * <p><b>When it fires:</b> within milliseconds of the commit while PostgreSQL is connected, and
 * once for everybody after a lost connection is back. <b>What it tells:</b> only that there may be
 * news; listeners read the inbox again. <b>What a crash can lose:</b> the listener with its page,
 * which comes back and reads. Listeners must not block.
 */
@Component
public class InboxChanges {

  private static final String CHANNEL = "countersign_inbox";

  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  private record Listener(Set<Role> roles, Runnable onChange) {}

  InboxChanges(PostgresListener postgres) {
    postgres.subscribe(CHANNEL, this::changed, this::reconnected);
  }

  /**
   * Calls back at each change for one of these roles.
   *
   * @return ends it
   */
  public Runnable listen(Set<Role> roles, Runnable onChange) {
    Listener listener = new Listener(new HashSet<>(roles), onChange);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void changed(String role) {
    Optional<Role> asked = Role.find(role);
    listeners.stream()
        .filter(listener -> asked.filter(listener.roles()::contains).isPresent())
        .forEach(listener -> listener.onChange().run());
  }

  private void reconnected() {
    listeners.forEach(listener -> listener.onChange().run());
  }
}
