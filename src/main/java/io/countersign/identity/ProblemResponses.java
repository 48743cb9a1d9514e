package io.countersign.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemDetails;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** What the security filters answer at doors that speak JSON: problem details, never a redirect. */
@Component
class ProblemResponses {

  private final ObjectMapper mapper;

  ProblemResponses(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  AuthenticationEntryPoint unauthorized() {
    return (request, response, failure) -> {
      if (failure instanceof AuthenticationServiceException) {
        unavailable(response);
        return;
      }
      response.setHeader("WWW-Authenticate", "Bearer realm=\"countersign\"");
      write(
          response,
          new Problem(
              ProblemType.UNAUTHORIZED,
              "expected a bearer access token for the audience countersign-api, or a signed-in"
                  + " session"));
    };
  }

  AccessDeniedHandler forbidden() {
    return (request, response, failure) -> {
      // The token against forgery is asked for before anybody looked who is calling.
      if (SecurityContextHolder.getContext().getAuthentication() == null) {
        unauthorized()
            .commence(request, response, new InsufficientAuthenticationException("nobody"));
      } else {
        write(
            response,
            new Problem(
                ProblemType.FORBIDDEN,
                failure instanceof CsrfException
                    ? "expected the value of the cookie COUNTERSIGN-XSRF in the header"
                        + " X-COUNTERSIGN-XSRF"
                    : "your roles, or the way you signed in, do not open this door"));
      }
    };
  }

  void unavailable(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "5");
    write(
        response,
        new Problem(
            ProblemType.UNAVAILABLE, "the identity provider does not answer; try again soon"));
  }

  /** What the firewall refuses never reaches a chain; its own answer would repeat the path. */
  @Bean
  RequestRejectedHandler rejected() {
    return (request, response, rejection) ->
        write(
            response,
            new Problem(
                ProblemType.INVALID_REQUEST,
                "expected a plain path, method and headers, without encoded slashes or controls"));
  }

  private void write(HttpServletResponse response, Problem problem) throws IOException {
    response.setStatus(problem.type().status().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    mapper.writeValue(response.getOutputStream(), ProblemDetails.of(problem));
  }
}
