package io.countersign.identity;

import io.countersign.shared.Role;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.BpmPlatform;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.Authentication;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Signs the person into Camunda's web applications, with the token's roles as groups, and anew as
 * soon as the roles change: the applications' own filter would keep the first ones for the session.
 */
final class WebAppSignInFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken token
        && !token.isBearer()) {
      signIn(token.caller(), AuthenticationUtil.getAuthsFromSession(request.getSession()));
    }
    chain.doFilter(request, response);
  }

  private static void signIn(Caller person, Authentications signedIn) {
    ProcessEngine engine = BpmPlatform.getDefaultProcessEngine();
    List<String> groups = person.roles().stream().map(Role::realmName).sorted().toList();
    Authentication current = signedIn.getAuthenticationForProcessEngine(engine.getName());
    if (isUpToDate(current, person, groups)) {
      return;
    }
    UserAuthentication fresh =
        AuthenticationUtil.createAuthentication(engine, person.name(), groups, List.of());
    if (fresh == null) {
      signedIn.removeByEngineName(engine.getName());
    } else {
      signedIn.addOrReplace(fresh);
    }
  }

  private static boolean isUpToDate(
      @Nullable Authentication current, Caller person, List<String> groups) {
    return current instanceof UserAuthentication user
        && user.getIdentityId().equals(person.name())
        && Set.copyOf(user.getGroupIds()).equals(Set.copyOf(groups));
  }
}
