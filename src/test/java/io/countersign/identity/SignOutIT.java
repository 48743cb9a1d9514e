package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testing.RunningApplication;
import io.countersign.testing.Visitor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignOutIT {

  private static final String WHO = "/api/v1/inbox";

  private final RunningApplication application = RunningApplication.shared();

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void signsNobodyOutByALinkOnSomebodyElsesPage(String site) {
    Visitor rita = application.signIn("rita");

    for (String path : new String[] {"/logout", "/camunda/app/tasklist/default/logout"}) {
      rita.get(path, Map.of("Sec-Fetch-Site", site));
    }

    assertThat(rita.get(WHO).statusCode()).isEqualTo(200);
  }

  @Test
  void signsOutHereAndAtKeycloak() {
    Visitor rita = application.signIn("rita");

    var answer = rita.get("/logout", Map.of("Sec-Fetch-Site", "same-origin"));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse(""))
        .contains("/protocol/openid-connect/logout");
    assertThat(rita.get(WHO).statusCode()).isEqualTo(401);
  }
}
