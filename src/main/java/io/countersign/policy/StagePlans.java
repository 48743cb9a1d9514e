package io.countersign.policy;

import io.countersign.policy.dmn.Asked;
import io.countersign.policy.dmn.StagesTable;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.StageKind;
import io.countersign.shared.StagePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which stages an action with these facts owes; where the table is silent, one review. */
final class StagePlans {

  private final StagesTable table;

  StagePlans(StagesTable table) {
    this.table = table;
  }

  /** One value for each word of the table. */
  static Map<String, Object> probe(Set<String> actions) {
    Map<String, Object> probe = new HashMap<>(RoutingFacts.probe());
    probe.put("action", actions.stream().findFirst().orElse(""));
    probe.put("route", Route.HUMAN_REVIEW.wire());
    return probe;
  }

  List<StagePlan> of(
      ActionPolicy action, Facts facts, Circumstances circumstances, Route route, ReviewPlan plan) {
    Map<String, @Nullable Object> words =
        new HashMap<>(RoutingFacts.of(action, facts, circumstances));
    words.put("action", action.name());
    words.put("route", route.wire());
    List<StagePlan> owed =
        table.evaluate(words).stream().map(match -> stage(match, action, route)).toList();
    boolean asksPeople = owed.stream().anyMatch(stage -> stage.kind() == StageKind.PERSON);
    return asksPeople ? owed : plan.stages();
  }

  /** Every stage that an action may owe, whatever the facts; never empty of people. */
  List<StagePlan> possible(ActionPolicy action) {
    List<StagePlan> possible = new ArrayList<>();
    boolean peopleInAnyCase = false;
    for (StagesTable.Possible row : table.possible(action.name())) {
      StagePlan stage = stage(row.match(), action, Route.HUMAN_REVIEW);
      possible.add(stage);
      peopleInAnyCase |= row.always() && stage.kind() == StageKind.PERSON;
    }
    if (!peopleInAnyCase) {
      possible.add(StagePlan.of(StagePlan.REVIEW, action.review().role(), List.of()));
    }
    return possible;
  }

  private static StagePlan stage(StagesTable.Match match, ActionPolicy action, Route route) {
    Asked asked = match.asked();
    StageKind kind = asked.service().isPresent() ? StageKind.AI : StageKind.PERSON;
    ReviewPlans.Asked usual = ReviewPlans.usual(action, route);
    List<Role> roles =
        kind == StageKind.PERSON && asked.roles().isEmpty() ? List.of(usual.role()) : asked.roles();
    return new StagePlan(
        match.stage(),
        kind,
        match.step(),
        roles,
        kind == StageKind.AI ? List.of() : path(action, roles, usual),
        asked.quorum(),
        asked.seats(),
        asked.service().orElse(null));
  }

  /** A role that a high amount demands has a path of its own; nobody is asked twice. */
  private static List<Role> path(ActionPolicy action, List<Role> roles, ReviewPlans.Asked usual) {
    List<Role> path =
        action
            .amounts()
            .above()
            .filter(above -> roles.contains(above.role()))
            .map(AmountRules.Above::escalationPath)
            .orElse(usual.path());
    return path.stream().filter(role -> !roles.contains(role)).toList();
  }
}
