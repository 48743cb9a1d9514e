package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.shared.AssignmentMode;
import io.countersign.shared.AssignmentPlan;
import io.countersign.shared.Urgency;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PolicyTest {

  @Test
  void offersReviewsToTheRoleUnlessTheManifestSaysOtherwise() {
    assertThat(assignment(Routes.PACKAGED)).isEqualTo(AssignmentPlan.QUEUE);

    Policy other =
        Routes.load(
            text ->
                text.replaceFirst(
                    "fallback: deny",
                    "fallback: deny\n    assignment: least_loaded\n    expertise: [payments]\n"
                        + "    seniority: 3"));

    assertThat(assignment(other))
        .isEqualTo(new AssignmentPlan(AssignmentMode.LEAST_LOADED, Set.of("payments"), 3));
  }

  private static AssignmentPlan assignment(Policy policy) {
    return policy.route(Routes.refundOf("240.00", "0.90")).review().orElseThrow().assignment();
  }

  private final ApplicationContextRunner application =
      new ApplicationContextRunner().withUserConfiguration(PolicyConfiguration.class);

  @Test
  void hasAVersionThatChangesWithEachFileOnly() throws Exception {
    PolicyFiles files = PolicyFiles.packaged();
    byte[] manifest = more(files.manifest(), "\n# changed\n");
    byte[] schema = more(files.schema(), "\n");
    byte[] table = more(files.table(), "<!-- changed -->\n");
    byte[] stages = more(files.stages(), "<!-- changed -->\n");

    List<String> versions =
        List.of(
            Policy.load(files).version(),
            version(manifest, files.schema(), files.table(), files.stages()),
            version(files.manifest(), schema, files.table(), files.stages()),
            version(files.manifest(), files.schema(), table, files.stages()),
            version(files.manifest(), files.schema(), files.table(), stages));

    assertThat(versions).doesNotHaveDuplicates().allMatch(v -> v.matches("sha-256:[0-9a-f]{64}"));
    assertThat(Policy.load(PolicyFiles.packaged()).version()).isEqualTo(versions.get(0));
  }

  private static String version(byte[] manifest, byte[] schema, byte[] table, byte[] stages)
      throws ManifestRefused {
    return Policy.load(new PolicyFiles(manifest, schema, table, stages)).version();
  }

  @Test
  void knowsTheNineSampleActions() {
    assertThat(Routes.PACKAGED.actions())
        .extracting(ActionPolicy::name)
        .containsExactly(
            "process_refund",
            "send_customer_email",
            "amend_contract",
            "publish_post",
            "delete_records",
            "provision_server",
            "update_crm_field",
            "create_ticket",
            "query_crm");
  }

  @Test
  void startsWithThePackagedPolicy() {
    application.run(
        context ->
            assertThat(context.getBean(Policy.class).version())
                .isEqualTo(Routes.PACKAGED.version()));
  }

  @Test
  void startsWithAnOperatorsOwnFolder(@TempDir Path folder) throws Exception {
    PolicyFiles files = Routes.files(text -> text.replace("query_crm:", "look_up:"));
    Files.write(folder.resolve("actions.yaml"), files.manifest());
    Files.write(folder.resolve("route-action.dmn"), files.table());
    Files.write(folder.resolve("plan-stages.dmn"), files.stages());
    Files.write(folder.resolve("choose-channels.dmn"), PolicyFiles.packagedChannels());

    application
        .withPropertyValues("countersign.policy=" + folder)
        .run(context -> assertThat(context.getBean(Policy.class).find("look_up")).isPresent());
  }

  @Test
  void refusesToStartWithEveryErrorListed(@TempDir Path folder) throws Exception {
    PolicyFiles files =
        Routes.files(
            text -> text.replace("severity: low", "severity: lo").replace("PT5M,", "PT5X,"));
    Files.write(folder.resolve("actions.yaml"), files.manifest());
    Files.write(folder.resolve("route-action.dmn"), files.table());
    Files.write(folder.resolve("plan-stages.dmn"), files.stages());
    Files.write(folder.resolve("choose-channels.dmn"), PolicyFiles.packagedChannels());

    application
        .withPropertyValues("countersign.policy=" + folder)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining(
                        "actions.create_ticket.severity: expected one of low, high")
                    .hasMessageContaining("actions.query_crm.severity")
                    .hasMessageContaining("defaults.reminders[0]"));
  }

  @Test
  void refusesToStartWithoutTheFolder(@TempDir Path folder) {
    application
        .withPropertyValues("countersign.policy=" + folder.resolve("none"))
        .run(
            context ->
                assertThat(context).getFailure().rootCause().hasMessageContaining("actions.yaml"));
  }

  @Test
  void refusesAConfidenceThatIsNone() {
    for (String confidence : List.of("-0.0001", "1.0001")) {
      assertThatThrownBy(
              () ->
                  new Facts(
                      "query_crm",
                      Routes.refund("1.00"),
                      new BigDecimal(confidence),
                      List.of(),
                      false,
                      List.of(),
                      Urgency.LOW,
                      List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("confidence: expected a number from 0 to 1");
    }
  }

  private static byte[] more(byte[] bytes, String text) {
    return (new String(bytes, StandardCharsets.UTF_8) + text).getBytes(StandardCharsets.UTF_8);
  }
}
