package io.countersign.dev;

/** What the person at the terminal needs to know once everything runs. */
final class ReadyMessage {
  private ReadyMessage() {}

  static String of(QuickStartSettings settings, Database database, long seconds) {
    return """

        Countersign is ready after %1$d s.

          Tasklist     %2$s/camunda/app/tasklist/
          Cockpit      %2$s/camunda/app/cockpit/
          API          %2$s/v3/api-docs
          Keycloak     %3$s/admin/   (user admin, password in secrets.properties below)
          PostgreSQL   %4$s   (user %5$s)
          Data, logs   %6$s

        Sign in with the name as the password:
          rita, raj    reviewer              petra   policy-owner
          sam          senior-reviewer       mona    manager
          fiona        finance-approver      axel    auditor
          leo          legal-approver        dora    process-designer
                                             otto    operator

        Let the demo agents propose something: ./run demo (in another terminal).
        Ctrl-C stops everything and keeps the data."""
        .formatted(
            seconds,
            settings.publicUrl(),
            settings.keycloakUrl(),
            database.url(),
            database.owner().user(),
            settings.data());
  }
}
