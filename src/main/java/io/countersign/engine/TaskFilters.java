package io.countersign.engine;

import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import io.countersign.shared.Role;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;

/** The lists a reviewer finds in Tasklist; made at every start, once each, changed by nobody. */
final class TaskFilters {

  /** Tasks of high consequence have at least this priority. */
  private static final int HIGH_CONSEQUENCE = 60;

  private final FilterService filters;
  private final AuthorizationService authorizations;

  private TaskFilters(ProcessEngine engine) {
    this.filters = engine.getFilterService();
    this.authorizations = engine.getAuthorizationService();
  }

  static void create(ProcessEngine engine) {
    TaskService tasks = engine.getTaskService();
    TaskFilters lists = new TaskFilters(engine);
    lists.create(
        "My roles",
        "Waiting for somebody with one of your roles",
        10,
        mostUrgent(tasks).taskCandidateGroupInExpression("${currentUserGroups()}"));
    lists.create(
        "Mine",
        "You have claimed these",
        20,
        mostUrgent(tasks).taskAssigneeExpression("${currentUser()}"));
    lists.create(
        "Overdue",
        "Past their deadline, about to fall back",
        30,
        forMyRoles(tasks).dueBeforeExpression("${now()}"));
    lists.create(
        "High consequence",
        "Irreversible or costly",
        40,
        forMyRoles(tasks).taskMinPriority(HIGH_CONSEQUENCE));
  }

  private static TaskQuery forMyRoles(TaskService tasks) {
    return mostUrgent(tasks)
        .taskCandidateGroupInExpression("${currentUserGroups()}")
        .includeAssignedTasks();
  }

  private static TaskQuery mostUrgent(TaskService tasks) {
    return tasks.createTaskQuery().orderByTaskPriority().desc().orderByDueDate().asc();
  }

  private void create(String name, String description, int position, TaskQuery query) {
    Filter there = filters.createFilterQuery().filterName(name).singleResult();
    Filter filter = there == null ? filters.newTaskFilter(name) : there;
    filter.setQuery(query);
    filter.setProperties(properties(description, position));
    filters.saveFilter(filter);
    Arrays.stream(Role.values()).filter(Role::decides).forEach(role -> show(filter, role));
  }

  private static Map<String, Object> properties(String description, int position) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("description", description);
    properties.put("priority", position);
    properties.put("refresh", true);
    properties.put("showUndefinedVariable", false);
    return properties;
  }

  private void show(Filter filter, Role role) {
    boolean shown =
        authorizations
                .createAuthorizationQuery()
                .groupIdIn(role.realmName())
                .resourceType(Resources.FILTER)
                .resourceId(filter.getId())
                .count()
            > 0;
    if (!shown) {
      Authorization grant = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
      grant.setGroupId(role.realmName());
      grant.setResource(Resources.FILTER);
      grant.setResourceId(filter.getId());
      grant.addPermission(Permissions.READ);
      authorizations.saveAuthorization(grant);
    }
  }
}
