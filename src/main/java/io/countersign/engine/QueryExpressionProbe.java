package io.countersign.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tries, at every start, the four ways by which CVE-2026-109432 ran expressions. Public, with a
 * public method: an expression could not call anything else, and would count nothing even with the
 * hole open.
 */
@Component(QueryExpressionProbe.BEAN)
public class QueryExpressionProbe {

  static final String BEAN = "queryExpressionProbe";
  private static final String EXPRESSION = "${" + BEAN + ".evaluated()}";

  private final AtomicInteger evaluations = new AtomicInteger();

  /** Called by an expression if the hole is open. */
  public String evaluated() {
    evaluations.incrementAndGet();
    return "nobody";
  }

  int evaluations() {
    return evaluations.get();
  }

  /** The ways that evaluated something; none if the hole is closed. */
  List<String> openWays(ProcessEngine engine) {
    TaskService tasks = engine.getTaskService();
    FilterService filters = engine.getFilterService();
    List<String> open = new ArrayList<>();
    tryWay("list of a query with or()", open, () -> hostile(tasks).list());
    tryWay("count of a query with or()", open, () -> hostile(tasks).count());
    tryWay("saved filter with or()", open, () -> executeAsFilter(filters, hostile(tasks), null));
    tryWay(
        "filter extended by a query with or()",
        open,
        () -> executeAsFilter(filters, tasks.createTaskQuery(), hostile(tasks)));
    return open;
  }

  private static TaskQuery hostile(TaskService tasks) {
    return tasks.createTaskQuery().or().taskAssigneeExpression(EXPRESSION).endOr();
  }

  private void tryWay(String way, List<String> open, Runnable attempt) {
    int before = evaluations.get();
    try {
      attempt.run();
    } catch (ProcessEngineException refused) {
      // refused is what we hope for; only an evaluation counts
    }
    if (evaluations.get() != before) {
      open.add(way);
    }
  }

  private static void executeAsFilter(
      FilterService filters, TaskQuery query, @Nullable TaskQuery extending) {
    Filter filter = filters.newTaskFilter("query expression probe");
    filter.setQuery(query);
    filters.saveFilter(filter);
    try {
      if (extending == null) {
        filters.list(filter.getId());
      } else {
        filters.list(filter.getId(), extending);
      }
    } finally {
      filters.deleteFilter(filter.getId());
    }
  }
}
