package io.countersign.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemDetails;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
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
    return (request, response, failure) ->
        write(
            response,
            new Problem(
                ProblemType.FORBIDDEN,
                "your roles, or the way you signed in, do not open this door"));
  }

  private void write(HttpServletResponse response, Problem problem) throws IOException {
    response.setStatus(problem.type().status().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    mapper.writeValue(response.getOutputStream(), ProblemDetails.of(problem));
  }
}
