package io.countersign.review;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationReport;
import org.camunda.bpm.engine.migration.MigrationPlanValidationReport;

/** Why the engine would not move something, in our words. */
final class EngineRefusals {

  /** By how the engine's own sentence begins; it quotes element ids and nothing else. */
  private static final Map<String, String> WORDS = words();

  private EngineRefusals() {}

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put(
        "There is no migration instruction for this instance's activity",
        "the new version has no counterpart; name one in mapping");
    words.put("Activities have incompatible types", "its counterpart is another kind of element");
    words.put("The type of the source activity", "elements of this kind cannot be moved");
    words.put("There are multiple mappings", "it is mapped twice");
    words.put("Only one gateway", "two gateways would become one");
    words.put("The target gateway", "the new gateway waits for fewer branches");
    words.put("The gateway's flow scope", "the new gateway lies in another sub-process");
    words.put("The closest mapped ancestor", "its counterpart lies in another sub-process");
    words.put("The source activity's event scope", "its counterpart is attached to something else");
    words.put("Events are not of the same type", "its counterpart waits for another kind of event");
    words.put("Must map the inner activity", "only one of both is asked several times over");
    words.put("Cannot remove the inner activity", "only one of both is asked several times over");
    return words;
  }

  /** Of a plan, by element. */
  static List<String> of(MigrationPlanValidationReport report) {
    return report.getInstructionReports().stream()
        .flatMap(
            one ->
                sentences(one.getMigrationInstruction().getSourceActivityId(), one.getFailures()))
        .distinct()
        .toList();
  }

  /** Of an instance, by element. */
  static List<String> of(MigratingProcessInstanceValidationReport report) {
    Stream<String> whole = report.getFailures().stream().map(EngineRefusals::inOurWords);
    Stream<String> parts =
        Stream.concat(
            report.getActivityInstanceReports().stream()
                .flatMap(one -> sentences(one.getSourceScopeId(), one.getFailures())),
            report.getTransitionInstanceReports().stream()
                .flatMap(one -> sentences(one.getSourceScopeId(), one.getFailures())));
    return Stream.concat(whole, parts).distinct().toList();
  }

  private static Stream<String> sentences(String element, List<String> failures) {
    return failures.stream().map(failure -> element + ": " + inOurWords(failure));
  }

  private static String inOurWords(String failure) {
    return WORDS.entrySet().stream()
        .filter(words -> failure.startsWith(words.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("the engine refuses it: " + failure);
  }
}
