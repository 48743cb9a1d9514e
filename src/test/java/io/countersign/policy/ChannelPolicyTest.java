package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.shared.Channel;
import io.countersign.shared.ChannelRules.Situation;
import io.countersign.shared.ChannelRules.Way;
import io.countersign.shared.Occasion;
import io.countersign.shared.Role;
import io.countersign.shared.Severity;
import io.countersign.shared.Urgency;
import io.countersign.shared.WireName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelPolicyTest {

  private static final Way MAIL = new Way(Channel.EMAIL, true);
  private static final Way MAIL_AT_ONCE = new Way(Channel.EMAIL, false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          low      | low  | asked     | email wait
          normal   | low  | reminded  | email wait
          high     | low  | escalated | email wait, webhook wait
          normal   | high | asked     | email wait, webhook wait
          normal   | high | reminded  | email wait
          critical | low  | asked     | email disturb, webhook disturb
          critical | high | reminded  | email disturb, webhook disturb
          critical | high | escalated | email disturb, webhook disturb
          """)
  void tellsAsTheTableSays(String urgency, String severity, String occasion, String ways)
      throws Exception {
    Situation situation =
        new Situation(
            WireName.parse(Urgency.class, urgency),
            WireName.parse(Severity.class, severity),
            Role.REVIEWER,
            WireName.parse(Occasion.class, occasion));

    assertThat(packaged().ways(situation))
        .extracting(way -> way.channel().wire() + (way.keepsQuietHours() ? " wait" : " disturb"))
        .containsExactlyInAnyOrder(ways.split(", "));
  }

  @Test
  void answersForEveryRoleAndOccasion() throws Exception {
    ChannelPolicy policy = packaged();
    for (Urgency urgency : Urgency.values()) {
      for (Role role : Role.values()) {
        for (Occasion occasion : Occasion.values()) {
          assertThat(policy.ways(new Situation(urgency, Severity.LOW, role, occasion)))
              .extracting(Way::channel)
              .contains(Channel.EMAIL)
              .doesNotHaveDuplicates();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "email"</text> | "fax"</text> | expected one of [none, email, webhook]
          "wait"</text> | "later"</text> | expected one of [wait, disturb]
          <text>urgency</text> | <text>urgncy</text> | one of the words
          not("critical") | not("critical" | FEEL test
          not("critical") | &lt; 3 | in known words
          "routine_by_mail" | "critical_by_mail" | a name that no other rule has
          id="choose-channels" | id="other" | a decision table with the id choose-channels
          name="quietHours" | name="quiet" | the outputs channel, quietHours, rule
          hitPolicy="COLLECT" | hitPolicy="FIRST" | hit policy COLLECT
          """)
  void refusesATableThatWouldFailInSilence(String old, String mistake, String problem)
      throws Exception {
    assertThat(text()).contains(old);

    ManifestRefused refused =
        catchThrowableOfType(ManifestRefused.class, () -> policy(text().replace(old, mistake)));

    assertThat(refused.errors())
        .anySatisfy(error -> assertThat(error.problem()).contains(problem))
        .allSatisfy(error -> assertThat(error.file()).isEqualTo("choose-channels.dmn"));
  }

  @Test
  void doesNotForgetWhomTheTableForgets() throws Exception {
    String gap =
        text().replace("not(\"critical\")", "\"low\"").replace("\"escalated\"", "\"asked\"");

    assertThat(policy(gap).ways(normal())).containsExactly(MAIL);
  }

  @Test
  void tellsNobodyWhereTheTableSaysSo() throws Exception {
    String none = text().replace("\"email\"", "\"none\"").replace("\"webhook\"", "\"none\"");

    assertThat(policy(none).ways(normal())).isEmpty();
  }

  @Test
  void letsTheRowCountThatDisturbs() throws Exception {
    String both =
        text()
            .replace("\"webhook\"", "\"email\"")
            .replaceFirst("<text>\"wait\"", "<text>\"disturb\"");

    assertThat(policy(both).ways(normal())).containsExactly(MAIL_AT_ONCE);
  }

  @Test
  void hasAVersionOfItsBytesThatNoRouteDependsOn() throws Exception {
    String changed = text() + "<!-- changed -->\n";

    assertThat(policy(text()).version()).isEqualTo(packaged().version());
    assertThat(policy(changed).version()).isNotEqualTo(packaged().version());
    assertThat(packaged().version()).matches("sha-256:[0-9a-f]{64}");
  }

  private static Situation normal() {
    return new Situation(Urgency.NORMAL, Severity.HIGH, Role.REVIEWER, Occasion.ASKED);
  }

  private static ChannelPolicy packaged() throws Exception {
    return policy(text());
  }

  private static ChannelPolicy policy(String dmn) throws ManifestRefused {
    return ChannelPolicy.load(dmn.getBytes(StandardCharsets.UTF_8));
  }

  private static String text() throws IOException {
    return new String(PolicyFiles.packagedChannels(), StandardCharsets.UTF_8);
  }
}
