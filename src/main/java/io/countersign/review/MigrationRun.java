package io.countersign.review;

import io.countersign.engine.InstanceMoves;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Stage;
import io.countersign.review.MigrationReport.Outcome;
import io.countersign.review.MigrationReport.Result;
import io.countersign.review.RunningChains.Instance;
import io.countersign.shared.RequestId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves the next instances of one version, in the caller's transaction, and looks what became of
 * them. Requests are locked first, as every decision and every clock does: whoever decides one of
 * them meanwhile finds it before the move or after it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MigrationRun {

  /** So many are moved by one call, all or none. */
  static final int MOST = 500;

  private final RunningChains running;
  private final InstanceMoves moves;
  private final ApprovalRequests requests;
  private final DrawnStages drawn;
  private final ClockFindings clocks;
  private final RepositoryService models;

  MigrationRun(
      RunningChains running,
      InstanceMoves moves,
      ApprovalRequests requests,
      DrawnStages drawn,
      ClockFindings clocks,
      RepositoryService models) {
    this.running = running;
    this.moves = moves;
    this.requests = requests;
    this.drawn = drawn;
    this.clocks = clocks;
    this.models = models;
  }

  /** Moves them, also if some cannot be: the caller then takes everything back. */
  List<Result> run(
      ProcessDefinition from, ProcessDefinition to, Set<String> only, MigrationPlan plan) {
    Map<RequestId, ApprovalRequest> locked = new HashMap<>();
    for (Instance instance : running.next(from.getId(), only, MOST)) {
      locked.computeIfAbsent(instance.request(), requests::lock);
    }
    List<Instance> instances =
        running.next(from.getId(), only, MOST).stream()
            .filter(instance -> locked.containsKey(instance.request()))
            .toList();
    Map<Instance, List<String>> refusals = new HashMap<>();
    if (concludes(to)) {
      refusals.putAll(unreachable(instances, locked, plan));
    }
    Set<ClockFinding> before = Set.copyOf(clocks.all());
    for (Instance instance : instances) {
      move(instance, plan, refusals);
    }
    addBrokenClocks(instances, before, refusals);
    return instances.stream()
        .map(instance -> result(instance, refusals.getOrDefault(instance, List.of())))
        .sorted(Comparator.comparing(result -> result.request().toString()))
        .toList();
  }

  /** Elements of the old version with their counterparts. */
  static Map<String, String> becomes(MigrationPlan plan) {
    return plan.getInstructions().stream()
        .collect(
            Collectors.toMap(
                MigrationInstruction::getSourceActivityId,
                MigrationInstruction::getTargetActivityId));
  }

  private static Result result(Instance instance, List<String> reasons) {
    return new Result(
        instance.request(),
        instance.id(),
        reasons.isEmpty() ? Outcome.MOVED : Outcome.REFUSED,
        reasons);
  }

  private void move(Instance instance, MigrationPlan plan, Map<Instance, List<String>> refusals) {
    try {
      moves.move(instance.id(), plan);
    } catch (MigratingProcessInstanceValidationException refused) {
      add(refusals, instance, EngineRefusals.of(refused.getValidationReport()));
    }
  }

  private static void add(
      Map<Instance, List<String>> refusals, Instance instance, List<String> reasons) {
    if (!reasons.isEmpty()) {
      refusals.computeIfAbsent(instance, it -> new ArrayList<>()).addAll(reasons);
    }
  }

  /** A building block leaves the conclusion, and what else is owed, to whoever called it. */
  private boolean concludes(ProcessDefinition version) {
    return models
        .getBpmnModelInstance(version.getId())
        .getModelElementsByType(ServiceTask.class)
        .stream()
        .anyMatch(task -> "${concludeRequest}".equals(task.getCamundaDelegateExpression()));
  }

  private Map<Instance, List<String>> unreachable(
      List<Instance> instances, Map<RequestId, ApprovalRequest> locked, MigrationPlan plan) {
    Map<String, String> becomes = becomes(plan);
    Map<String, Set<String>> standing = running.standingOf(instances);
    Map<Instance, List<String>> found = new HashMap<>();
    for (Instance instance : instances) {
      Set<String> then =
          standing.getOrDefault(instance.id(), Set.of()).stream()
              .map(becomes::get)
              .filter(Objects::nonNull)
              .collect(Collectors.toUnmodifiableSet());
      ApprovalRequest request = Objects.requireNonNull(locked.get(instance.request()));
      add(
          found,
          instance,
          stillToBeAsked(request).stream()
              .filter(stage -> !drawn.asksAfter(plan.getTargetProcessDefinitionId(), then, stage))
              .map(
                  stage ->
                      "the stage "
                          + stage.name()
                          + " is still owed, and the new version does not ask it from there on")
              .toList());
    }
    return found;
  }

  /** What is running is asked already, and what was said about this very version stays. */
  private static List<Stage> stillToBeAsked(ApprovalRequest request) {
    if (request.isDecided()) {
      return List.of();
    }
    return request.unsettled().stream()
        .filter(stage -> !stage.status().isRunning())
        .filter(
            stage ->
                stage
                    .vote()
                    .filter(vote -> vote.digest().equals(request.currentDigest()))
                    .isEmpty())
        .toList();
  }

  /** What the reconciler would find must not become more by a move. */
  private void addBrokenClocks(
      List<Instance> instances, Set<ClockFinding> before, Map<Instance, List<String>> refusals) {
    Map<RequestId, Set<String>> broken = new HashMap<>();
    clocks.all().stream()
        .filter(finding -> !before.contains(finding))
        .forEach(
            finding ->
                broken
                    .computeIfAbsent(finding.request(), it -> new HashSet<>())
                    .add("its clock would be lost: " + finding.kind().wire()));
    for (Instance instance : instances) {
      add(
          refusals,
          instance,
          broken.getOrDefault(instance.request(), Set.of()).stream().sorted().toList());
    }
  }
}
