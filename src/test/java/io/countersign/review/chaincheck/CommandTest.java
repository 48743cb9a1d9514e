package io.countersign.review.chaincheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {

  private static final Path SHELF = Path.of("src/test/resources/chains");
  private static final Path SHIPPED = Path.of("processes");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void saysNothingAgainstTheShippedModels() {
    assertThat(run(SHIPPED, SHIPPED)).isZero();
    assertThat(output()).contains("models, 0 refusals");
  }

  @Test
  void findsWhatAChainCallsAmongTheShippedModels() {
    assertThat(run(SHIPPED, SHELF.resolve("accepted/approve-once.bpmn"))).isZero();
    assertThat(output()).contains("2 models, 0 refusals");
  }

  @Test
  void namesTheFileTheRuleAndThePathElementByElement() {
    Path chain = SHELF.resolve("refused/approve-when-late.bpmn");

    assertThat(run(SHELF, chain)).isOne();
    assertThat(output())
        .contains(
            """
            approve-when-late.bpmn: no-silent-approval: Without a decision of any person, a token \
            gets to the approving end EndEvent_Approved "Approved".
                StartEvent_ApprovalRequested "Approval requested"
                CallActivity_ReviewAction "Review action"
                review-stage: StartEvent_ReviewRequested "Review requested"
                review-stage: ServiceTask_OpenStage "Open stage"
                review-stage: UserTask_ReviewAction "Review: ${actionTitle}"
                BoundaryEvent_NobodyAnswered "Nobody answered"
                EndEvent_Approved "Approved"
            """);
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertThat(run(SHIPPED, Path.of("no-such-chain.bpmn"))).isEqualTo(2);
    assertThat(output()).contains("no-such-chain.bpmn: cannot be read.");
  }

  private int run(Path shipped, Path chain) {
    return Command.run(
        List.of(shipped, chain), new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
