package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testing.RunningApplication;
import io.countersign.testing.Visitor;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorsIT {

  private static RunningApplication application;
  private static Map<String, Visitor> visitors;

  @BeforeAll
  static void start() {
    application = RunningApplication.shared();
    visitors =
        Stream.of("rita", "mona", "axel", "dora", "otto")
            .collect(Collectors.toMap(Function.identity(), application::signIn));
    visitors.put("nobody", application.anybody());
    visitors.put("billing-agent", application.agent("billing-agent"));
    visitors.put("action-executor", application.agent("action-executor"));
    visitors.put("rita's token", application.commandLine("rita"));
    visitors.put("otto's token", application.commandLine("otto"));
  }

  @ParameterizedTest
  @CsvSource({
    "nobody,          /actuator/health/readiness,       200",
    "nobody,          /v3/api-docs,                     200",
    "nobody,          /.well-known/jwks.json,           200",
    "nobody,          /assets/apps/apps.css,            200",
    "nobody,          /api/v1/audit/key,                200",
    "nobody,          /api/v1/audit/tile/0/999,         404",
    "nobody,          /api/v1/audit/tile/entries/999,   401",
    "nobody,          /api/v1/audit/entries,            401",
    "nobody,          /api/v1/audit/proofs/0,           401",
    "nobody,          /actuator/env,                    302",
    "nobody,          /engine-rest/engine,              401",
    "nobody,          /api/v1/deliveries,               401",
    "nobody,          /camunda/app/tasklist/default/,   302",
    "nobody,          /camunda/app/admin/default/,      302",
    "nobody,          /camunda/api/engine/engine/default/task, 401",
    "nobody,          /,                                302",
    "nobody,          /no/such/page,                    302",
    "rita,            /camunda/app/tasklist/default/,   200",
    "rita,            /camunda/app/welcome/default/,    200",
    "rita,            /camunda/app/cockpit/default/,    403",
    "rita,            /camunda/app/admin/default/,      403",
    "rita,            /engine-rest/engine,              401",
    "rita,            /engine-rest/task,                401",
    "rita,            /api/v1/deliveries,               403",
    "rita,            /api/v1/audit/entries,            403",
    "rita,            /api/v1/audit/tile/entries/999,   403",
    "rita,            /actuator/env,                    403",
    "rita's token,    /engine-rest/engine,              403",
    "rita's token,    /engine-rest/task,                403",
    "rita's token,    /api/v1/deliveries,               403",
    "rita's token,    /camunda/app/tasklist/default/,   302",
    "mona,            /camunda/app/cockpit/default/,    200",
    "mona,            /camunda/app/tasklist/default/,   403",
    "axel,            /camunda/app/cockpit/default/,    200",
    "axel,            /api/v1/audit/entries,            200",
    "axel,            /api/v1/audit/tile/entries/999,   404",
    "mona,            /api/v1/audit/entries,            403",
    "otto,            /api/v1/audit/entries,            403",
    "billing-agent,   /api/v1/audit/proofs/0,           403",
    "dora,            /camunda/app/cockpit/default/,    403",
    "dora,            /camunda/app/tasklist/default/,   403",
    "otto,            /camunda/app/cockpit/default/,    200",
    "otto,            /camunda/app/admin/default/,      200",
    "otto,            /engine-rest/engine,              401",
    "otto,            /api/v1/deliveries,               200",
    "otto's token,    /engine-rest/engine,              200",
    "otto's token,    /engine-rest/task?maxResults=9,   200",
    "otto's token,    /api/v1/deliveries,               200",
    "billing-agent,   /engine-rest/engine,              403",
    "billing-agent,   /engine-rest/task,                403",
    "billing-agent,   /api/v1/deliveries,               403",
    "billing-agent,   /camunda/app/tasklist/default/,   302",
    "billing-agent,   /camunda/api/engine/engine/default/task, 401",
    "action-executor, /engine-rest/task,                403",
  })
  void opensEachDoorToWhomItIsFor(String who, String path, int status) {
    assertThat(visitor(who).get(path).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "rita", "otto", "billing-agent", "otto's token"})
  void neverLetsAnybodyCreateAnAdministrator(String who) {
    var user =
        Map.of(
            "profile", Map.of("id", "mallory", "firstName", "M", "lastName", "M", "email", "m@x"),
            "credentials", Map.of("password", "mallory-mallory"));
    for (var path :
        new String[] {
          "/camunda/api/admin/setup/default/user/create",
          "/camunda/api/admin/%73etup/default/user/create",
          "/camunda/api/admin/setup/default/user/create/",
        }) {
      assertThat(visitor(who).post(path, user).statusCode()).as(path).isEqualTo(403);
      assertThat(visitor(who).get(path).statusCode()).as(path).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "rita", "otto"})
  void leavesNoSignInPastKeycloak(String who) {
    var answer =
        visitor(who)
            .post(
                "/camunda/api/admin/auth/user/default/login/tasklist",
                "username=sam&password=sam",
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void takesProposalsFromAgentsTokensOnly() {
    assertThat(propose("nobody")).isEqualTo(401);
    assertThat(propose("rita")).isEqualTo(403);
    assertThat(propose("otto")).isEqualTo(403);
    assertThat(propose("rita's token")).isEqualTo(403);
    assertThat(propose("action-executor")).isEqualTo(403);
    assertThat(propose("billing-agent")).isNotIn(401, 403, 500);
  }

  private static Visitor visitor(String who) {
    return Objects.requireNonNull(visitors.get(who), who);
  }

  private static int propose(String who) {
    return visitor(who).post("/api/v1/approval-requests", Map.of()).statusCode();
  }

  @Test
  void asksSessionsButNotTokensForTheTokenAgainstForgery() {
    var path = "/api/v1/deliveries/none/redrive";
    var without = Map.of("X-COUNTERSIGN-XSRF", "");
    var wrong = Map.of("X-COUNTERSIGN-XSRF", "guessed");
    assertThat(visitor("otto").post(path, "{}", without).statusCode()).isEqualTo(403);
    assertThat(visitor("otto").post(path, "{}", wrong).statusCode()).isEqualTo(403);
    assertThat(visitor("otto").post(path, "{}").statusCode()).isNotIn(401, 403, 500);
    assertThat(visitor("otto's token").post(path, "{}", without).statusCode())
        .isNotIn(401, 403, 500);
  }

  @Test
  void refusesWithAProblemAndNeverWithARedirect() {
    var answer = application.anybody().get("/api/v1/approval-requests/apr_x");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(answer.body()).contains("\"type\"", "\"title\"", "\"detail\"");
  }

  @Test
  void keepsCookiesAndFramesFromOthers() {
    var sessions = application.anybody().get("/camunda/app/tasklist/default/").headers();
    assertThat(sessions.allValues("Set-Cookie"))
        .anySatisfy(cookie -> assertThat(cookie).contains("SESSION", "HttpOnly", "SameSite=Lax"));
    var page = visitor("rita").get("/camunda/app/tasklist/default/").headers();
    assertThat(page.firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("frame-ancestors 'none'"));
    assertThat(page.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.firstValue("Referrer-Policy")).isPresent();
  }
}
