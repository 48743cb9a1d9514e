package io.countersign.review.chaincheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of BPMN that chains are written in. What is not listed is refused: the engine has many
 * ways to run code and to write variables, and grows more.
 */
final class Language {

  /**
   * An element and its attributes, those of Camunda with {@code camunda:} before them. After {@code
   * =} stands what the value must be: a quoted word, or a kind that {@link Values} knows; without
   * it, any text that is not evaluated. {@code #} stands for the element's own text.
   */
  private static final String ELEMENTS =
      """
      definitions id name targetNamespace exporter exporterVersion
      process id name isExecutable='true' camunda:historyTimeToLive=days camunda:versionTag camunda:isStartableInTasklist='false'
      documentation id textFormat #=prose
      extensionElements
      incoming #
      outgoing #
      sequenceFlow id name sourceRef targetRef
      conditionExpression id #=condition
      startEvent id name isInterrupting
      endEvent id name
      boundaryEvent id name attachedToRef cancelActivity
      intermediateCatchEvent id name
      intermediateThrowEvent id name
      exclusiveGateway id name default gatewayDirection
      parallelGateway id name gatewayDirection
      eventBasedGateway id name gatewayDirection
      serviceTask id name camunda:delegateExpression=delegate camunda:modelerTemplate camunda:modelerTemplateVersion
      userTask id name=title camunda:formKey=form camunda:candidateGroups='${role}' camunda:dueDate=date camunda:priority='${priority}' camunda:assignee='${assignee}'
      receiveTask id name messageRef
      callActivity id name calledElement camunda:calledElementBinding camunda:modelerTemplate camunda:modelerTemplateVersion
      subProcess id name triggeredByEvent
      multiInstanceLoopCharacteristics id isSequential camunda:collection=collection camunda:elementVariable=seat
      loopCardinality id #=cardinality
      completionCondition id #=completion
      timerEventDefinition id
      timeDate id #=date
      timeDuration id #=duration
      timeCycle id #=cycle
      errorEventDefinition id errorRef
      messageEventDefinition id messageRef
      linkEventDefinition id name
      terminateEventDefinition id
      error id name errorCode
      message id name=message
      collaboration id name
      participant id name processRef
      laneSet id name
      lane id name
      flowNodeRef #
      textAnnotation id textFormat
      text #
      association id sourceRef targetRef associationDirection
      group id categoryValueRef
      category id
      categoryValue id value
      camunda:in businessKey=key source target sourceExpression
      camunda:failedJobRetryTimeCycle #=retries
      """;

  /** Why some of what is refused is refused: the rule, and the sentence after the name. */
  private static final String REFUSED =
      """
      scriptTask|no-script|Scripts are off.
      camunda:script|no-script|Scripts are off.
      @scriptFormat|no-script|Scripts are off.
      @language|no-script|Scripts are off; conditions are plain expressions.
      @camunda:resource|no-script|Scripts are off.
      businessRuleTask|known-elements|Policy is read from files when the application starts, never deployed.
      sendTask|known-elements|Nothing leaves the house except by the outbox.
      signalEventDefinition|known-elements|A signal reaches every request at once, not only this one.
      escalationEventDefinition|known-elements|Who is asked next is said by the manifest, not by an event.
      conditionalEventDefinition|known-elements|It fires whenever a variable is written.
      compensateEventDefinition|known-elements|What was decided is not undone by the engine.
      inclusiveGateway|known-elements|How many branches its join waits for cannot be seen; use parallel and exclusive gateways.
      camunda:inputOutput|outcome-from-votes|Models write no variables.
      camunda:out|outcome-from-votes|Nothing comes back from a call; votes are read from the tables.
      camunda:formData|outcome-from-votes|Forms write no variables.
      @camunda:resultVariable|outcome-from-votes|Models write no variables.
      @camunda:mapDecisionResult|outcome-from-votes|Models write no variables.
      @camunda:initiator|outcome-from-votes|Models write no variables.
      @camunda:errorCodeVariable|outcome-from-votes|Models write no variables.
      @camunda:errorMessageVariable|outcome-from-votes|Models write no variables.
      @camunda:escalationCodeVariable|outcome-from-votes|Models write no variables.
      @camunda:variableMappingClass|outcome-from-votes|Models write no variables.
      @camunda:variableMappingDelegateExpression|outcome-from-votes|Models write no variables.
      @camunda:class|delegates-only|Name a known delegate instead.
      @camunda:expression|delegates-only|Name a known delegate instead.
      @camunda:type|delegates-only|No worker outside takes part, and nothing is sent inside the engine.
      @camunda:topic|delegates-only|No worker outside takes part.
      camunda:executionListener|delegates-only|What is done must be drawn.
      camunda:taskListener|delegates-only|What is done must be drawn.
      camunda:connector|delegates-only|Nothing leaves the house except by the outbox.
      camunda:field|delegates-only|Delegates take nothing from the model.
      @camunda:asyncBefore|one-transaction|A job that fails for good would leave a decided review behind.
      @camunda:asyncAfter|one-transaction|A job that fails for good would leave a decided review behind.
      @camunda:async|one-transaction|A job that fails for good would leave a decided review behind.
      @camunda:exclusive|one-transaction|Only asynchronous steps have it.
      @camunda:candidateUsers|known-decisions|People are asked by role.
      @camunda:formRef|known-decisions|The form is one that the application ships.
      """;

  record Refusal(String rule, String sentence) {}

  private static final Map<String, Map<String, String>> KINDS = kinds();
  private static final Map<String, Refusal> REASONS = reasons();

  private Language() {}

  private static Map<String, Map<String, String>> kinds() {
    Map<String, Map<String, String>> kinds = new HashMap<>();
    for (String line : ELEMENTS.strip().split("\n")) {
      List<String> words = new ArrayList<>(List.of(line.split(" ")));
      Map<String, String> attributes = new HashMap<>();
      words.subList(1, words.size()).stream()
          .map(word -> word.split("=", 2))
          .forEach(word -> attributes.put(word[0], word.length > 1 ? word[1] : ""));
      kinds.put(words.get(0), attributes);
    }
    return Map.copyOf(kinds);
  }

  private static Map<String, Refusal> reasons() {
    Map<String, Refusal> reasons = new HashMap<>();
    for (String line : REFUSED.strip().split("\n")) {
      String[] parts = line.split("\\|", 3);
      reasons.put(parts[0], new Refusal(parts[1], parts[2]));
    }
    return Map.copyOf(reasons);
  }

  static boolean knows(String element) {
    return KINDS.containsKey(element);
  }

  /** What the value of an attribute must be, {@code ""} for any text; nothing if it is refused. */
  static Optional<String> kind(String element, String attribute) {
    return Optional.ofNullable(KINDS.getOrDefault(element, Map.of()).get(attribute));
  }

  /** What an element's own text must be; nothing if it has none. */
  static Optional<String> textKind(String element) {
    return kind(element, "#");
  }

  static Refusal whyNotElement(String element) {
    return REASONS.getOrDefault(
        element, new Refusal(Rules.KNOWN_ELEMENTS, "Chains do without it."));
  }

  static Refusal whyNotAttribute(String attribute) {
    return REASONS.getOrDefault(
        "@" + attribute, new Refusal(Rules.KNOWN_ELEMENTS, "Chains do without it."));
  }
}
