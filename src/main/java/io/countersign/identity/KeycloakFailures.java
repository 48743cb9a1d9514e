package io.countersign.identity;

import org.springframework.security.config.annotation.ObjectPostProcessor;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;

/** A Keycloak that does not answer is 503 for the bearer of a token; by default it is 500. */
final class KeycloakFailures implements ObjectPostProcessor<BearerTokenAuthenticationFilter> {

  private final ProblemResponses problems;

  KeycloakFailures(ProblemResponses problems) {
    this.problems = problems;
  }

  @Override
  public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
    var handler = new AuthenticationEntryPointFailureHandler(problems.unauthorized());
    handler.setRethrowAuthenticationServiceException(false);
    filter.setAuthenticationFailureHandler(handler);
    return filter;
  }
}
