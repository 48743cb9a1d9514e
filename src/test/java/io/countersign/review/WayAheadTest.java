package io.countersign.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.StartEventBuilder;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.Test;

class WayAheadTest {

  @Test
  void leavesOutWhatWasPassed() {
    BpmnModelInstance model =
        start().callActivity("first").callActivity("second").callActivity("third").done();

    assertThat(after(model, "second")).isEqualTo("third");
    assertThat(after(model, "third")).isEmpty();
    assertThat(after(model, "third", "first")).isEqualTo("second third");
  }

  @Test
  void followsLoopsBackToTheElementItself() {
    BpmnModelInstance model =
        start()
            .callActivity("first")
            .callActivity("second")
            .exclusiveGateway("again")
            .connectTo("first")
            .done();

    assertThat(after(model, "second")).isEqualTo("again first second");
  }

  @Test
  void goesIntoSubProcessesAndOutOfThemByTheirOrdinaryEnds() {
    BpmnModelInstance model =
        start()
            .subProcess("inner")
            .embeddedSubProcess()
            .startEvent("begin")
            .callActivity("within")
            .endEvent("end")
            .subProcessDone()
            .callActivity("behind")
            .done();

    assertThat(after(model, "start")).isEqualTo("begin behind end inner within");
    assertThat(after(model, "within")).isEqualTo("behind end");
  }

  @Test
  void takesNoWayThatOnlyAFaultOrATimerTakes() {
    BpmnModelInstance model =
        start()
            .subProcess("inner")
            .embeddedSubProcess()
            .startEvent("begin")
            .callActivity("within")
            .endEvent("end")
            .error("stage-closed")
            .subProcessDone()
            .callActivity("behind")
            .moveToActivity("inner")
            .boundaryEvent("closed")
            .error("stage-closed")
            .callActivity("afterAFault")
            .done();

    assertThat(after(model, "within")).isEqualTo("end");
    assertThat(after(model, "start")).doesNotContain("afterAFault");
  }

  @Test
  void countsAnElementThatAsksOneAfterTheOtherAsAhead() {
    BpmnModelInstance oneByOne =
        start().callActivity("seats").multiInstance().sequential().multiInstanceDone().done();
    BpmnModelInstance allAtOnce =
        start().callActivity("seats").multiInstance().parallel().multiInstanceDone().done();

    assertThat(after(oneByOne, "seats")).isEqualTo("seats");
    assertThat(after(allAtOnce, "seats")).isEmpty();
  }

  private static StartEventBuilder start() {
    return Bpmn.createExecutableProcess("chain").startEvent("start");
  }

  private static String after(BpmnModelInstance model, String... elements) {
    return WayAhead.after(model, List.of(elements)).stream()
        .map(FlowNode::getId)
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
