package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestRefusedTest {

  private static final String REFUND = "actions.process_refund.";

  private static final String CALENDARS =
      """
      version: 1
      calendars:
        office:
          zone: Europe/Berlin
          days: [monday, friday]
          from: 08:00
          to: 18:00
          holidays: [2026-12-25, 2027-01-01]
      workingTime:
        finance-approver: office
      """;

  /** A mistake: what is replaced (its first occurrence), by what, and the field and sentence. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "fallback: deny",
            "fallback: approve",
            REFUND + "fallback",
            "expected one of deny, revert, pause_and_alert, found \"approve\""),
        mistake(
            "version: 1",
            CALENDARS.replace("Europe/Berlin", "Europe/Bonn"),
            "calendars.office.zone",
            "expected a time zone such as Europe/Berlin, found \"Europe/Bonn\"",
            3),
        mistake(
            "version: 1",
            CALENDARS.replace("Europe/Berlin", "'+01:00'"),
            "calendars.office.zone",
            "expected a time zone such as Europe/Berlin, found \"+01:00\"",
            3),
        mistake(
            "version: 1",
            CALENDARS.replace("[monday,", "[montag,"),
            "calendars.office.days[0]",
            "expected one of monday, tuesday",
            4),
        mistake(
            "version: 1",
            CALENDARS.replace("[monday, friday]", "[]"),
            "calendars.office.days",
            "a list of at least 1 items",
            4),
        mistake(
            "version: 1",
            CALENDARS.replace("from: 08:00", "from: 8 am"),
            "calendars.office.from",
            "a time of day such as",
            5),
        mistake(
            "version: 1",
            CALENDARS.replace("to: 18:00", "to: 07:59"),
            "calendars.office.to",
            "expected a time later than \"08:00\", found \"07:59\"",
            6),
        mistake(
            "version: 1",
            CALENDARS.replace("2026-12-25", "2026-02-29"),
            "calendars.office.holidays[0]",
            "expected a date such as 2026-12-25, found \"2026-02-29\"",
            7),
        mistake(
            "version: 1",
            CALENDARS.replace("2027-01-01", "2026-12-25"),
            "calendars.office.holidays",
            "a list without repetitions",
            7),
        mistake(
            "version: 1",
            CALENDARS.replace("finance-approver: office", "finance-approver: bureau"),
            "workingTime.finance-approver",
            "expected one of the calendars, found \"bureau\"",
            9),
        mistake(
            "version: 1",
            CALENDARS.replace("finance-approver: office", "auditor: office"),
            "workingTime.auditor",
            "expected only the fields reviewer, senior-reviewer",
            9),
        mistake(
            "version: 1",
            CALENDARS.replace("office:\n    zone", "Office:\n    zone"),
            "calendars.Office",
            "a name in lower-case words joined by hyphens",
            2),
        mistake("version: 1", "version: 2", "version", "expected 1, found 2"),
        mistake("severity: high", "severity: medium", REFUND + "severity", "one of low, high"),
        mistake("reversible: false", "reversible: no", REFUND + "reversible", "true or false"),
        mistake("title: Refund", "titel: Refund", REFUND + "titel", "expected only the fields"),
        mistake("severity: high", "severity: low\n    severity: high", REFUND + "severity", 1),
        mistake(
            "approvalRequired: true",
            "approvalRequired: false",
            REFUND + "approvalRequired",
            "expected true for an action of high severity that cannot be taken back, found false"),
        mistake(
            "fallback: deny",
            "fallback: deny\n    role: manager",
            REFUND + "role",
            "one of reviewer, senior-reviewer",
            1),
        mistake(
            "chain: approve-refund",
            "chain: Approve Action",
            REFUND + "chain",
            "a name in lower-case words joined by hyphens"),
        mistake(
            "fallback: deny",
            "fallback: deny\n    maxUrgency: soon",
            REFUND + "maxUrgency",
            "one of low, normal, high, critical",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    reasonRequired: [reject]",
            REFUND + "reasonRequired",
            "expected a list that contains edit",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    assignment: random",
            REFUND + "assignment",
            "one of queue, least_loaded",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    expertise: [Payments]",
            REFUND + "expertise[0]",
            "lower-case letters, digits and hyphens",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    seniority: 10",
            REFUND + "seniority",
            "a number of at most 9",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    reminders: [PT30M, PT5M]",
            REFUND + "reminders",
            "expected rising times above zero",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    reminders: [PT0M]",
            REFUND + "reminders",
            "expected rising times above zero",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    reminders: [PT2H]",
            REFUND + "escalation.after",
            "expected a time after the last reminder (PT2H), found PT1H",
            -2),
        mistake(
            "fallback: deny",
            "fallback: deny\n    escalation: {after: PT30M}",
            REFUND + "escalation.after",
            "expected a time after the last reminder (PT30M), found PT30M",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    escalation: {path: []}",
            REFUND + "escalation.path",
            "a list of at least 1 items",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    limits: {critical: PT1H}",
            REFUND + "limits.critical",
            "expected a time after the escalation (PT1H), found PT1H",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    limits: {high: P2D}",
            REFUND + "limits.high",
            "expected no more time than less urgent requests have",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    limits: {high: 8 hours}",
            REFUND + "limits.high",
            "a time such as PT30M",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    thresholds: {escalateConfidence: 0.95}",
            REFUND + "thresholds.escalateConfidence",
            "expected less than the gate of 0.95, found 0.95",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    thresholds: {autoApproveConfidence: 1.01}",
            REFUND + "thresholds.autoApproveConfidence",
            "a number of at most 1",
            1),
        mistake(
            "fallback: deny",
            "fallback: deny\n    thresholds: {escalateConfidence: .inf}",
            REFUND + "thresholds.escalateConfidence",
            "a number",
            1),
        mistake(
            "parameter: amount",
            "parameter: total",
            REFUND + "amount.parameter",
            "expected one of the declared parameters, found \"total\""),
        mistake(
            "parameter: amount",
            "parameter: orderId",
            REFUND + "amount.parameter",
            "exactly two decimals only"),
        mistake(
            "[orderId, amount, currency]",
            "[orderId, currency]",
            REFUND + "amount.parameter",
            "expected a required parameter, found \"amount\"",
            "parameter: amount"),
        mistake(
            "pattern: ^(0|[1-9][0-9]{0,6})\\.[0-9]{2}$",
            "pattern: ^[0-9]+(\\.[0-9]+)?$",
            REFUND + "amount.parameter",
            "exactly two decimals only",
            "parameter: amount"),
        mistake(
            "currency: currency",
            "currency: orderId",
            REFUND + "amount.currency",
            "expected a parameter with an enum, found \"orderId\""),
        mistake(
            "autoApproveBelow: \"50.00\"",
            "autoApproveBelow: \"50.01\"",
            REFUND + "conditions.autoApproveBelow",
            "expected no more than reviewFrom (50.00), found \"50.01\""),
        mistake(
            "reviewFrom: \"50.00\"",
            "reviewFrom: \"500.01\"",
            REFUND + "conditions.reviewFrom",
            "expected no more than aboveNeedsRole.amount (500.00)"),
        mistake(
            "runLimit: \"500.00\"",
            "runLimit: \"49.99\"",
            REFUND + "conditions.autoApproveBelow",
            "expected no more than runLimit (49.99), found \"50.00\"",
            "autoApproveBelow"),
        mistake(
            "dayLimit: \"50000.00\"",
            "dayLimit: \"2499.99\"",
            REFUND + "conditions.autoApproveDayLimit",
            "expected no more than dayLimit (2499.99)",
            "autoApproveDayLimit"),
        mistake(
            "fallback: deny\n    parameters:",
            "fallback: deny\n    conditions: {dayLimit: \"1.00\"}\n    parameters:",
            "actions.send_customer_email.conditions",
            "amounts only where",
            1),
        mistake(
            "autoApproveBelow: \"50.00\"",
            "autoApproveBelow: 50.00",
            REFUND + "conditions.autoApproveBelow",
            "found 50.00"),
        mistake(
            "role: finance-approver",
            "role: auditor",
            REFUND + "conditions.aboveNeedsRole.role",
            "one of reviewer"),
        mistake(
            "order {orderId}",
            "order {orderNumber}",
            REFUND + "reviewer.headline",
            "expected names of declared parameters in braces, found {orderNumber}"),
        mistake(
            "{orderId: Order,",
            "{order: Order,",
            REFUND + "reviewer.labels.order",
            "expected a declared parameter"),
        mistake(
            "additionalProperties: false",
            "additionalProperties: true",
            REFUND + "parameters.additionalProperties",
            "expected false, found true"),
        mistake(
            "pattern: ^[A-Za-z0-9][A-Za-z0-9-]{0,63}$",
            "pattern: ^[A-Z$",
            REFUND + "parameters.properties.orderId.pattern",
            "expected a regular expression, found"),
        mistake(
            "pattern: ^[A-Za-z0-9][A-Za-z0-9-]{0,63}$",
            "pattern: '[A-Z]'",
            REFUND + "parameters.properties.orderId.pattern",
            "expected a regular expression from ^ to $"),
        mistake(
            "pattern: ^[A-Za-z0-9][A-Za-z0-9-]{0,63}$",
            "$ref: https://example.com/order.json",
            REFUND + "parameters.properties.orderId.$ref",
            "expected only the fields type"),
        mistake(
            "pattern: ^[A-Za-z0-9][A-Za-z0-9-]{0,63}$",
            "minLength: 1",
            REFUND + "parameters.properties.orderId",
            "expected maxLength, enum or pattern",
            "orderId:"),
        mistake(
            "pattern: ^[A-Za-z0-9][A-Za-z0-9-]{0,63}$",
            "maxLength: long",
            REFUND + "parameters.properties.orderId.maxLength",
            "an integer"),
        mistake(
            "[orderId, amount, currency]",
            "[orderId, amount, currency, reason]",
            REFUND + "parameters.required[3]",
            "expected the name of a property, found \"reason\""),
        mistake(
            "process_refund:", "Process-Refund:", "actions.Process-Refund", "lower-case letters"),
        mistake("role: reviewer ", "role: nobody ", "defaults.role", "one of reviewer"),
        mistake("    normal: P1D\n", "", "defaults.limits.normal", "a value, found none", -1));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("mistakes")
  void namesLineFieldAndWhatWasExpected(
      String old, String mistake, String field, String problem, Object place) {
    assertThat(manifest()).contains(old);
    ManifestRefused refused = refused(manifest().replaceFirst(quote(old), replacement(mistake)));

    assertThat(refused.errors())
        .anySatisfy(
            error -> {
              assertThat(error.file()).isEqualTo("actions.yaml");
              assertThat(error.field()).isEqualTo(field);
              assertThat(error.problem()).startsWith("expected ").contains(problem);
              if (place instanceof String text) {
                assertThat(error.line()).isEqualTo(line(text));
              } else if (place instanceof Integer offset && offset >= 0) {
                assertThat(error.line()).isEqualTo(line(old) + offset);
              } else {
                assertThat(error.line()).isPositive();
              }
            });
  }

  @Test
  void namesEveryErrorAtOnceInTheOrderOfTheFile() {
    ManifestRefused refused =
        refused(
            manifest()
                .replace("fallback: pause_and_alert", "fallback: approve")
                .replace("headline: Refund {amount}", "headline: Refund {sum}")
                .replaceFirst("    title: Look up a customer\n", "")
                .replace("role: legal-approver", "role: agent"));

    assertThat(refused.errors())
        .extracting(ManifestError::field)
        .containsExactly(
            "actions.process_refund.reviewer.headline",
            "actions.amend_contract.role",
            "actions.delete_records.fallback",
            "actions.query_crm.title");
    assertThat(refused.getMessage())
        .contains("actions.yaml line " + refused.errors().get(2).line())
        .contains("actions.delete_records.fallback: expected one of deny");
  }

  @Test
  void namesErrorsOfTheTableTogetherWithThoseOfTheManifest() {
    PolicyFiles broken = Routes.files(text -> text.replace("version: 1", "version: 2"));
    PolicyFiles both =
        new PolicyFiles(
            broken.manifest(),
            broken.schema(),
            "<dmn".getBytes(StandardCharsets.UTF_8),
            broken.stages());

    ManifestRefused refused = catchThrowableOfType(ManifestRefused.class, () -> Policy.load(both));

    assertThat(refused.errors())
        .extracting(ManifestError::file)
        .containsExactly("actions.yaml", "route-action.dmn");
  }

  @ParameterizedTest
  @MethodSource("noPlainYaml")
  void refusesWhatIsNotPlainYaml(String text, int line, String problem) {
    assertThat(refused(text).errors())
        .anySatisfy(
            error -> {
              assertThat(error.line()).isEqualTo(line);
              assertThat(error.problem()).contains(problem);
            });
  }

  static Stream<Arguments> noPlainYaml() {
    String bomb =
        "version: 1\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n";
    return Stream.of(
        Arguments.of("", 0, "expected a manifest, found an empty file"),
        Arguments.of(bomb, 2, "found an anchor or alias"),
        Arguments.of("version: 1\nactions: {<<: *x}", 2, "found an anchor or alias"),
        Arguments.of("version: 1\nactions: [", 2, "expected YAML"),
        Arguments.of("version: !!java.net.URL [x]", 1, "Global tag is not allowed"),
        Arguments.of("version: !url [x]", 1, "expected no tag"),
        Arguments.of("version: 1\nversion: 1", 2, "expected once, found a second time"),
        Arguments.of("version: 1\n? [a, b]\n: c", 2, "expected a name, found a structure"),
        Arguments.of("version: 1\n---\nversion: 1", 2, "expected YAML"),
        Arguments.of("[".repeat(200) + "]".repeat(200), 0, "expected YAML"),
        Arguments.of("# " + "x".repeat(1_000_000), 0, "expected at most 1000000 bytes"),
        Arguments.of("just text", 1, "expected an object"));
  }

  @Test
  void refusesBytesThatAreNoUtf8() throws Exception {
    PolicyFiles files = Routes.files(text -> text);
    PolicyFiles latin =
        new PolicyFiles(
            new byte[] {'a', ':', ' ', (byte) 0xe4}, files.schema(), files.table(), files.stages());

    ManifestRefused refused = catchThrowableOfType(ManifestRefused.class, () -> Policy.load(latin));

    assertThat(refused.errors().get(0).problem())
        .isEqualTo("expected UTF-8, found bytes that are not");
  }

  private static String manifest() {
    return new String(Routes.files(text -> text).manifest(), StandardCharsets.UTF_8);
  }

  private static ManifestRefused refused(String manifest) {
    ManifestRefused refused =
        catchThrowableOfType(
            ManifestRefused.class, () -> Policy.load(Routes.files(text -> manifest)));
    assertThat(refused).as("the manifest is refused").isNotNull();
    return refused;
  }

  private static int line(String text) {
    String before = manifest().substring(0, manifest().indexOf(text));
    return 1 + (int) before.chars().filter(c -> c == '\n').count();
  }

  private static String quote(String text) {
    return java.util.regex.Pattern.quote(text);
  }

  private static String replacement(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  private static Arguments mistake(String old, String mistake, String field, String problem) {
    return Arguments.of(old, mistake, field, problem, 0);
  }

  private static Arguments mistake(String old, String mistake, String field, int offset) {
    return Arguments.of(old, mistake, field, "expected once, found a second time", offset);
  }

  private static Arguments mistake(
      String old, String mistake, String field, String problem, Object place) {
    return Arguments.of(old, mistake, field, problem, place);
  }
}
