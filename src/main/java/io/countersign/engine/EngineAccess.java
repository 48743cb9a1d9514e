package io.countersign.engine;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import io.countersign.shared.Role;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;

/** What each role sees in the engine's web applications; granted at every start, once each. */
final class EngineAccess {

  private final AuthorizationService authorizations;

  private EngineAccess(AuthorizationService authorizations) {
    this.authorizations = authorizations;
  }

  static void grant(ProcessEngine engine) {
    EngineAccess access = new EngineAccess(engine.getAuthorizationService());
    Arrays.stream(Role.values()).filter(Role::decides).forEach(access::reviewing);
    List.of(Role.MANAGER, Role.AUDITOR, Role.OPERATOR).forEach(access::lookingOn);
    access.operating(Role.OPERATOR);
  }

  private void reviewing(Role role) {
    grant(role, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
    grant(role, Resources.APPLICATION, "welcome", Permissions.ACCESS);
  }

  private void lookingOn(Role role) {
    grant(role, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
    grant(role, Resources.APPLICATION, "welcome", Permissions.ACCESS);
    grant(
        role,
        Resources.PROCESS_DEFINITION,
        ANY,
        ProcessDefinitionPermissions.READ,
        ProcessDefinitionPermissions.READ_INSTANCE,
        ProcessDefinitionPermissions.READ_HISTORY,
        ProcessDefinitionPermissions.READ_TASK);
    grant(role, Resources.DEPLOYMENT, ANY, Permissions.READ);
  }

  private void operating(Role role) {
    grant(role, Resources.APPLICATION, "admin", Permissions.ACCESS);
    grant(
        role,
        Resources.PROCESS_DEFINITION,
        ANY,
        ProcessDefinitionPermissions.READ,
        ProcessDefinitionPermissions.READ_INSTANCE,
        ProcessDefinitionPermissions.READ_HISTORY,
        ProcessDefinitionPermissions.READ_TASK,
        ProcessDefinitionPermissions.RETRY_JOB);
  }

  /** Replaces what an earlier version granted to the role on the same thing. */
  private void grant(Role role, Resource resource, String id, Permission... permissions) {
    Authorization there =
        authorizations
            .createAuthorizationQuery()
            .groupIdIn(role.realmName())
            .resourceType(resource)
            .resourceId(id)
            .singleResult();
    Authorization grant =
        there == null ? authorizations.createNewAuthorization(AUTH_TYPE_GRANT) : there;
    grant.setGroupId(role.realmName());
    grant.setResource(resource);
    grant.setResourceId(id);
    grant.setPermissions(permissions);
    authorizations.saveAuthorization(grant);
  }
}
