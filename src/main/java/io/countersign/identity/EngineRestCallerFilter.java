package io.countersign.identity;

import io.countersign.shared.Role;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.camunda.bpm.BpmPlatform;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the engine who is calling its REST interface, with the roles of the token as groups. */
final class EngineRestCallerFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    IdentityService identity = BpmPlatform.getDefaultProcessEngine().getIdentityService();
    if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken token) {
      Caller caller = token.caller();
      identity.setAuthentication(
          caller.name(), caller.roles().stream().map(Role::realmName).toList());
    }
    try {
      chain.doFilter(request, response);
    } finally {
      identity.clearAuthentication();
    }
  }
}
