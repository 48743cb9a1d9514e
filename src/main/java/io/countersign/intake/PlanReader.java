package io.countersign.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.intake.ProposedPlan.Step;
import io.countersign.request.Proposal;
import io.countersign.shared.json.CanonicalJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads {@code {steps: [proposal, …], dependsOn: {"1": [0]}}}: the step at index 1 depends on that
 * at index 0.
 */
@Component
class PlanReader {

  static final int MIN_STEPS = 2;
  static final int MAX_STEPS = 20;

  private final ProposalReader proposals;

  PlanReader(ProposalReader proposals) {
    this.proposals = proposals;
  }

  /**
   * Reads a plan.
   *
   * @throws io.countersign.shared.problem.Problem naming everything that is not as expected
   */
  ProposedPlan read(byte[] body) {
    JsonNode document = ProposalReader.parse(body);
    requireFrame(document);
    PlanErrors errors = new PlanErrors();
    List<Step> steps = steps(document.get("steps"), errors);
    Dependencies dependencies =
        dependencies(document.path("dependsOn"), document.get("steps").size(), errors);
    errors.throwIfAny();
    return new ProposedPlan(steps, dependencies);
  }

  private static void requireFrame(JsonNode document) {
    PlanErrors errors = new PlanErrors();
    document
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!Set.of("steps", "dependsOn").contains(name)) {
                errors.add("", "expected only steps and dependsOn");
              }
            });
    JsonNode steps = document.path("steps");
    if (!steps.isArray() || steps.size() < MIN_STEPS || steps.size() > MAX_STEPS) {
      errors.add("/steps", "expected a list of " + MIN_STEPS + " to " + MAX_STEPS + " proposals");
    }
    errors.throwIfAny();
  }

  private List<Step> steps(JsonNode documents, PlanErrors errors) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      JsonNode document = documents.get(i);
      errors.inStep(
          i,
          () -> {
            Proposal proposal = proposals.proposal(document);
            steps.add(new Step(proposal, CanonicalJson.bytes(document)));
          });
    }
    return steps;
  }

  private static Dependencies dependencies(JsonNode dependsOn, int size, PlanErrors errors) {
    List<Set<Integer>> before = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      before.add(new HashSet<>());
    }
    if (!dependsOn.isObject() && !dependsOn.isMissingNode()) {
      errors.add("/dependsOn", "expected an object of lists, for example {\"1\": [0]}");
    }
    for (Map.Entry<String, JsonNode> entry : dependsOn.properties()) {
      int step = entry.getKey().matches("0|[1-9][0-9]?") ? Integer.parseInt(entry.getKey()) : size;
      if (step >= size || !entry.getValue().isArray()) {
        errors.add(
            "/dependsOn", "expected indices of steps, 0 to " + (size - 1) + ", each with a list");
        continue;
      }
      for (JsonNode on : entry.getValue()) {
        addTo(before.get(step), on, step, size, errors);
      }
    }
    Dependencies dependencies = new Dependencies(before);
    if (dependencies.isCircular()) {
      errors.add("/dependsOn", "expected an order in which the steps can be done, found a circle");
    }
    return dependencies;
  }

  private static void addTo(
      Set<Integer> before, JsonNode on, int step, int size, PlanErrors errors) {
    String pointer = "/dependsOn/" + step;
    if (!on.isIntegralNumber()
        || !on.canConvertToInt()
        || on.intValue() < 0
        || on.intValue() >= size) {
      errors.add(pointer, "expected indices of steps, 0 to " + (size - 1));
    } else if (on.intValue() == step) {
      errors.add(pointer, "expected other steps: a step cannot depend on itself");
    } else {
      before.add(on.intValue());
    }
  }
}
