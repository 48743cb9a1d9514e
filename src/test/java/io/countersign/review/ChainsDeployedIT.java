package io.countersign.review;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.policy.ManifestRefused;
import io.countersign.policy.Policy;
import io.countersign.policy.PolicyFiles;
import io.countersign.testing.RunningApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Test;

/** A chain that cannot ask what its actions may owe never starts to be used. */
class ChainsDeployedIT {

  private final RepositoryService models =
      RunningApplication.shared().bean(RepositoryService.class);

  @Test
  void takesWhatIsShipped() {
    assertThatCode(() -> require(it -> it, it -> it)).doesNotThrowAnyException();
  }

  @Test
  void refusesAChainThatIsNotThere() {
    assertThatThrownBy(
            () -> require(it -> it.replace("chain: amend-contract", "chain: amend"), it -> it))
        .hasMessage("actions.yaml names chains that no deployed process has: amend");
  }

  @Test
  void refusesAChainThatDoesNotDrawAStageOfThePeople() {
    assertThatThrownBy(() -> require(it -> it, it -> it.replace("\"legal\"", "\"lawyers\"")))
        .hasMessage(
            "plan-stages.dmn may owe the stage lawyers for amend_contract, but its chain"
                + " amend-contract has no call activity to review-stage that asks it");
  }

  @Test
  void refusesAChainThatDrawsAReviewerServiceAsPeople() {
    String service = "\"reviewer service content-checker\"";
    assertThatThrownBy(() -> require(it -> it, it -> it.replace("\"legal-approver\"", service)))
        .hasMessageContaining(
            "stage legal for amend_contract, but its chain amend-contract has no call activity to"
                + " ai-review that asks it");
  }

  @Test
  void refusesAnAiStageInAChainThatDrawsItsStagesOnTheWay() {
    assertThatThrownBy(
            () ->
                require(
                    it -> it.replace("chain: publish-post", "chain: approve-in-stages"), it -> it))
        .hasMessage(
            "plan-stages.dmn may owe the stage pre-check for publish_post, but its chain"
                + " approve-in-stages has no call activity to ai-review that asks it");
  }

  @Test
  void takesAnyStageOfPeopleInAChainThatDrawsItsStagesOnTheWay() {
    assertThatCode(
            () ->
                require(
                    it -> it.replace("chain: amend-contract", "chain: approve-in-stages"),
                    it -> it.replace("\"legal-approver\"", "\"2 of 3 legal-approver\"")))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesTooFewSeats() {
    assertThatThrownBy(
            () ->
                require(
                    it -> it, it -> it.replace("\"legal-approver\"", "\"2 of 2 legal-approver\"")))
        .hasMessageContaining("may owe the stage legal-1 and legal-2 for amend_contract");
  }

  @Test
  void countsTheUsualReviewWhereTheTableMayBeSilent() {
    UnaryOperator<String> onlyLarge =
        table -> {
          int cell = table.indexOf("InputEntry_contract_legal_runTotal");
          int other = table.indexOf("InputEntry_contract_finance_runTotal");
          return withAmount(withAmount(table, other), cell);
        };
    assertThatThrownBy(() -> require(it -> it, onlyLarge))
        .hasMessage(
            "plan-stages.dmn may owe the stage review for amend_contract, but its chain"
                + " amend-contract has no call activity to review-stage that asks it");
  }

  private static String withAmount(String table, int cell) {
    int text = table.indexOf("<text></text>", cell);
    return table.substring(0, text)
        + "<text>&gt; 100</text>"
        + table.substring(text + "<text></text>".length());
  }

  private void require(UnaryOperator<String> manifest, UnaryOperator<String> stages)
      throws IOException, ManifestRefused {
    PolicyFiles files =
        new PolicyFiles(
            file("actions.yaml", manifest),
            file("actions.schema.json", it -> it),
            file("route-action.dmn", it -> it),
            file("plan-stages.dmn", stages));
    new ChainsDeployed(Policy.load(files), models, new DrawnStages(models)).require();
  }

  private static byte[] file(String name, UnaryOperator<String> change) throws IOException {
    return change
        .apply(Files.readString(Path.of("processes", name)))
        .getBytes(StandardCharsets.UTF_8);
  }
}
