package io.countersign.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The policy that is built in, and one more action whose requests expire within a run. */
final class Policy {

  /** Nobody has more than two minutes to decide it. */
  static final String SHORT_LIVED = "close_account";

  private static final Path BUILT_IN = Path.of("processes");

  private static final String ACTION =
      """

        close_account:
          title: Close an account
          description: Closes the account of one customer.
          severity: low
          reversible: true
          approvalRequired: true
          fallback: deny
          limits: {low: PT2M, normal: PT2M, high: PT2M, critical: PT2M}
          reminders: []
          escalation: {after: PT1M, path: [senior-reviewer]}
          parameters:
            type: object
            additionalProperties: false
            required: [customerId]
            properties:
              customerId:
                type: string
                description: a customer's number (letters, digits, hyphens)
                pattern: ^[A-Za-z0-9][A-Za-z0-9-]{0,63}$
          reviewer:
            headline: Close the account of customer {customerId}
            consequence: The customer cannot sign in until it is opened again.
            labels: {customerId: Customer}
      """;

  private Policy() {}

  /** Writes it into a folder for {@code countersign.policy}. */
  static Path in(Path folder) throws IOException {
    Path policy = Files.createDirectories(folder.resolve("policy"));
    for (String table :
        new String[] {"route-action.dmn", "plan-stages.dmn", "choose-channels.dmn"}) {
      Files.copy(BUILT_IN.resolve(table), policy.resolve(table));
    }
    String manifest = Files.readString(BUILT_IN.resolve("actions.yaml"));
    Files.writeString(policy.resolve("actions.yaml"), manifest + ACTION);
    return policy;
  }
}
