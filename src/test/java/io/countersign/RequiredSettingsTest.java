package io.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class RequiredSettingsTest {

  private final MockEnvironment environment = new MockEnvironment();

  @BeforeEach
  void production(@TempDir Path keys) throws Exception {
    for (var name : List.of("grants", "webhooks", "log")) {
      Files.writeString(keys.resolve(name + ".pem"), "a key");
    }
    environment
        .withProperty("countersign.public-url", "https://countersign.example")
        .withProperty("countersign.keys", keys.toString())
        .withProperty("countersign.web-client-secret", "one")
        .withProperty("countersign.identity.keycloak-url", "https://keycloak.example")
        .withProperty("countersign.identity.identity-client-secret", "two")
        .withProperty("spring.datasource.url", "jdbc:postgresql://db/countersign")
        .withProperty("spring.datasource.username", "app")
        .withProperty("spring.datasource.password", "three")
        .withProperty("spring.flyway.user", "owner")
        .withProperty("spring.flyway.password", "four");
  }

  @Test
  void findsNothingToSayOfACompleteProduction() {
    assertThat(RequiredSettings.problems(environment)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "countersign.public-url, COUNTERSIGN_PUBLIC_URL",
    "countersign.keys, COUNTERSIGN_KEYS",
    "countersign.web-client-secret, COUNTERSIGN_WEB_CLIENT_SECRET",
    "countersign.identity.keycloak-url, COUNTERSIGN_KEYCLOAK_URL",
    "countersign.identity.identity-client-secret, COUNTERSIGN_IDENTITY_CLIENT_SECRET",
    "spring.datasource.url, COUNTERSIGN_DATABASE_URL",
    "spring.datasource.username, COUNTERSIGN_DATABASE_USER",
    "spring.datasource.password, COUNTERSIGN_DATABASE_PASSWORD",
    "spring.flyway.user, COUNTERSIGN_DATABASE_OWNER",
    "spring.flyway.password, COUNTERSIGN_DATABASE_OWNER_PASSWORD",
  })
  void namesWhatIsMissingOrRefersToNothing(String property, String variable) {
    for (var nothing : List.of("", "  ", "${" + variable + "}")) {
      environment.setProperty(property, nothing);
      assertThat(RequiredSettings.problems(environment))
          .singleElement()
          .asString()
          .startsWith(variable + " is missing: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "countersign.public-url, http://countersign.example, COUNTERSIGN_PUBLIC_URL must be an https",
    "countersign.public-url, http://127.0.0.1:8080, COUNTERSIGN_PUBLIC_URL must be an https",
    "countersign.public-url, countersign.example, COUNTERSIGN_PUBLIC_URL must be an https",
    "countersign.identity.keycloak-url, http://keycloak, COUNTERSIGN_KEYCLOAK_URL must be an https",
    "countersign.web-client-secret, countersign-web, COUNTERSIGN_WEB_CLIENT_SECRET is the secret",
    "countersign.identity.identity-client-secret, countersign-identity, COUNTERSIGN_IDENTITY_CLIENT",
  })
  void refusesInProductionWhatTheDemoMayUse(String property, String value, String sentence) {
    environment.setProperty(property, value);
    assertThat(RequiredSettings.problems(environment))
        .singleElement()
        .asString()
        .startsWith(sentence);
    environment.setActiveProfiles("demo");
    assertThat(RequiredSettings.problems(environment)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8180", "http://localhost:8180", "http://[::1]:8180"})
  void letsKeycloakBeOnThisMachine(String url) {
    environment.setProperty("countersign.identity.keycloak-url", url);
    assertThat(RequiredSettings.problems(environment)).isEmpty();
  }

  @Test
  void refusesADatabaseWhoseOwnerIsTheApplication() {
    environment.setProperty("spring.flyway.user", "app");
    assertThat(RequiredSettings.problems(environment))
        .singleElement()
        .asString()
        .startsWith("COUNTERSIGN_DATABASE_USER must differ from COUNTERSIGN_DATABASE_OWNER");
  }

  @Test
  void refusesAnotherKindOfDatabase() {
    environment.setProperty("spring.datasource.url", "jdbc:h2:mem:x");
    assertThat(RequiredSettings.problems(environment))
        .containsExactly(
            "COUNTERSIGN_DATABASE_URL must begin with jdbc:postgresql:, the only database.");
  }

  @Test
  void namesEachKeyThatIsNotThereUnlessItIsGivenAsText(@TempDir Path empty) {
    environment.setProperty("countersign.keys", empty.toString());
    assertThat(RequiredSettings.problems(environment))
        .hasSize(3)
        .allSatisfy(problem -> assertThat(problem).startsWith("COUNTERSIGN_KEYS names"));
    for (var name : List.of("grants", "webhooks", "log")) {
      environment.setProperty("countersign.key." + name, "-----BEGIN PRIVATE KEY-----");
    }
    assertThat(RequiredSettings.problems(environment)).isEmpty();
    environment.setProperty("countersign.keys", "");
    assertThat(RequiredSettings.problems(environment)).isEmpty();
  }
}
