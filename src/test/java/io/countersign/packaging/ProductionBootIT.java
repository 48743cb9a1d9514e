package io.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.dev.EmbeddedDatabase;
import io.countersign.testing.PackagedApplication;
import io.countersign.testing.PackagedApplication.Deployable;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What operators are told when a setting is missing or belongs to the demo. */
class ProductionBootIT {

  static final List<String> REQUIRED =
      List.of(
          "COUNTERSIGN_PUBLIC_URL",
          "COUNTERSIGN_DATABASE_URL",
          "COUNTERSIGN_DATABASE_USER",
          "COUNTERSIGN_DATABASE_PASSWORD",
          "COUNTERSIGN_DATABASE_OWNER",
          "COUNTERSIGN_DATABASE_OWNER_PASSWORD",
          "COUNTERSIGN_KEYCLOAK_URL",
          "COUNTERSIGN_WEB_CLIENT_SECRET",
          "COUNTERSIGN_IDENTITY_CLIENT_SECRET",
          "COUNTERSIGN_KEYS");

  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  @Test
  void namesEverythingThatIsMissing() {
    var said = refusal(Deployable.WAR, Map.of());

    assertThat(said).contains("APPLICATION FAILED TO START");
    assertThat(said).doesNotContain("\tat ");
    REQUIRED.forEach(name -> assertThat(said).contains(name + " is missing: "));
    assertThat(said.lines().count()).as(said).isLessThan(60);
  }

  @Test
  void namesTheOneThatIsMissing() {
    var environment = production();
    environment.remove("COUNTERSIGN_DATABASE_OWNER_PASSWORD");

    var said = refusal(Deployable.WAR, environment);

    assertThat(said).contains("COUNTERSIGN_DATABASE_OWNER_PASSWORD is missing: ");
    assertThat(said.split(" is missing: ", -1)).hasSize(2);
  }

  @Test
  void refusesWhatOnlyTheDemoMayUse() {
    var environment = new HashMap<>(demo());
    environment.remove("SPRING_PROFILES_ACTIVE");
    environment.put("COUNTERSIGN_PUBLIC_URL", "http://countersign.example");

    var said = refusal(Deployable.WAR, environment);

    assertThat(said)
        .contains(
            "COUNTERSIGN_PUBLIC_URL must begin with https://",
            "COUNTERSIGN_WEB_CLIENT_SECRET must not be",
            "COUNTERSIGN_IDENTITY_CLIENT_SECRET must not be")
        .doesNotContain("\tat ", "is missing");
  }

  @Test
  void startsWithoutTheDemo() {
    var url = PackagedApplication.freeUrl();
    var environment = production();
    environment.put("COUNTERSIGN_PORT", Integer.toString(url.getPort()));
    try (var application = PackagedApplication.start(Deployable.WAR, url, environment)) {
      assertThat(application.anybody().get("/.well-known/jwks.json").statusCode()).isEqualTo(200);
      assertThat(application.agent("billing-agent").get("/api/v1/approval-requests/x").statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  @EnabledIf("io.countersign.packaging.BootableJarIT#isBuilt")
  void endsTheServerToo() {
    var said = refusal(Deployable.BOOTABLE_JAR, Map.of());

    assertThat(said).contains("APPLICATION FAILED TO START");
    REQUIRED.forEach(name -> assertThat(said).contains(name + " is missing: "));
  }

  private static String refusal(Deployable deployable, Map<String, String> environment) {
    try (var application = PackagedApplication.launch(deployable, NOWHERE, environment)) {
      assertThat(application.process().endsWithin(Duration.ofMinutes(4))).isTrue();
      assertThat(application.process().exitCode()).isEqualTo(1);
      return application.log();
    }
  }

  private static Map<String, String> production() {
    var environment = new HashMap<>(demo());
    environment.remove("SPRING_PROFILES_ACTIVE");
    environment.put("COUNTERSIGN_PUBLIC_URL", "https://countersign.example");
    environment.put("COUNTERSIGN_WEB_CLIENT_SECRET", "a secret of its own");
    environment.put("COUNTERSIGN_IDENTITY_CLIENT_SECRET", "another secret");
    return environment;
  }

  private static Map<String, String> demo() {
    return PackagedApplication.environment(NOWHERE, EmbeddedDatabase.shared().fresh());
  }
}
