package io.countersign.processes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * Stands in for every bean that models name and answers as a test has written down. Public, because
 * the engine's expressions call it by reflection.
 */
public final class ScriptedBeans {

  static final Instant OPENED = Instant.parse("2026-03-02T09:00:00Z");
  static final Instant NUDGE = OPENED.plus(Duration.ofMinutes(5));
  static final Instant DEADLINE = OPENED.plus(Duration.ofHours(4));
  static final Instant ANSWER_DUE = OPENED.plus(Duration.ofHours(1));

  /** Which delegates were called, in order. */
  final List<String> steps = new ArrayList<>();

  /** What is said in a stage, one word each time it is asked: decided, question, others, stop. */
  final Deque<String> said = new ArrayDeque<>();

  final Set<String> notOwed = new HashSet<>();
  final Deque<List<String>> next = new ArrayDeque<>();
  int roundsMore;
  boolean escalationDue;
  String outcome = "approved";
  private String last = "";

  Map<Object, Object> asMap() {
    Map<Object, Object> beans = new HashMap<>();
    for (String name :
        List.of(
            "offerStage",
            "noteMissingAnswer",
            "remindReviewers",
            "escalateStage",
            "expireStage",
            "handBackDecision",
            "closeWindow",
            "revokeApproval",
            "alertMissingRollback",
            "noteMissingVerdict")) {
      beans.put(name, (JavaDelegate) execution -> steps.add(name));
    }
    for (String name : List.of("openStage", "openWindow", "askReviewerService")) {
      beans.put(name, (JavaDelegate) execution -> open(name, execution));
    }
    beans.put("requestInformation", due("requestInformation", "informationDue"));
    beans.put("askForRollback", due("askForRollback", "rollbackDue"));
    beans.put("concludeRequest", (JavaDelegate) this::conclude);
    for (String name : List.of("stageClock", "stageState", "stagePlan")) {
      beans.put(name, this);
    }
    return beans;
  }

  void reset() {
    steps.clear();
    said.clear();
    notOwed.clear();
    next.clear();
    roundsMore = 0;
    escalationDue = false;
    outcome = "approved";
  }

  private void open(String name, DelegateExecution execution) {
    steps.add(name);
    execution.setVariable("role", "reviewer");
    execution.setVariable("assignee", null);
    execution.setVariable("deadline", Date.from(DEADLINE));
    execution.setVariable("actionTitle", "Refund an order");
    execution.setVariable("priority", 70);
  }

  private JavaDelegate due(String name, String variable) {
    return execution -> {
      steps.add(name);
      execution.setVariable(variable, Date.from(ANSWER_DUE));
    };
  }

  private void conclude(DelegateExecution execution) {
    steps.add("concludeRequest");
    execution.setVariable("outcome", outcome);
  }

  public String nudges(DelegateExecution execution) {
    return "R/" + NUDGE + "/P1D";
  }

  public boolean escalationDue(DelegateExecution execution) {
    return escalationDue;
  }

  public boolean isSettled(DelegateExecution execution) {
    return notOwed.contains(execution.getVariable("stage"));
  }

  public boolean letsGoOn(DelegateExecution execution) {
    last = said.isEmpty() ? "decided" : said.poll();
    return last.equals("decided");
  }

  public boolean awaitsInformation(DelegateExecution execution) {
    return last.equals("question");
  }

  public boolean isOpen(DelegateExecution execution) {
    return last.equals("others");
  }

  public boolean owes(DelegateExecution execution, String stage) {
    return !notOwed.contains(stage);
  }

  public boolean reopens(DelegateExecution execution) {
    boolean more = roundsMore-- > 0;
    if (more) {
      next.poll();
    }
    return more;
  }

  public List<String> next(DelegateExecution execution) {
    return next.peek();
  }

  public boolean nobodyAsked(DelegateExecution execution) {
    return false;
  }
}
