package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.CountersignApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class RequiredSettingsTest {

  private final MockEnvironment environment = new MockEnvironment();

  @BeforeEach
  void fill(@TempDir Path keys) throws IOException {
    for (String name : List.of("grants.pem", "webhooks.pem", "log.pem", "sealing.key")) {
      Files.writeString(keys.resolve(name), "a key");
    }
    environment
        .withProperty("COUNTERSIGN_KEYS", keys.toString())
        .withProperty("COUNTERSIGN_PUBLIC_URL", "https://approve.example")
        .withProperty("COUNTERSIGN_DATABASE_URL", "jdbc:postgresql://db/approvals")
        .withProperty("COUNTERSIGN_DATABASE_USER", "approvals")
        .withProperty("COUNTERSIGN_DATABASE_PASSWORD", "a-long-one")
        .withProperty("COUNTERSIGN_DATABASE_OWNER", "approvals_owner")
        .withProperty("COUNTERSIGN_DATABASE_OWNER_PASSWORD", "another-one")
        .withProperty("COUNTERSIGN_KEYCLOAK_URL", "https://people.example")
        .withProperty("COUNTERSIGN_WEB_CLIENT_SECRET", "s1")
        .withProperty("COUNTERSIGN_IDENTITY_CLIENT_SECRET", "s2");
  }

  @Test
  void acceptsAProductionEnvironment() {
    assertThat(RequiredSettings.problems(environment)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "approvals", "Approvals <a@example.com>", "a@example.com\nBcc: b"})
  void asksForASenderOnceThereIsAMailServer(String from) {
    environment.withProperty("countersign.mail.from", from);
    assertThat(RequiredSettings.problems(environment)).isEmpty();

    environment.withProperty("spring.mail.host", "mail.example");
    assertThat(RequiredSettings.problems(environment))
        .singleElement()
        .asString()
        .startsWith("COUNTERSIGN_MAIL_FROM is missing");

    environment.withProperty("countersign.mail.from", "approvals@example.com");
    assertThat(RequiredSettings.problems(environment)).isEmpty();
  }

  @Test
  void namesEverythingThatIsMissingAtOnce() {
    assertThat(RequiredSettings.problems(new MockEnvironment()))
        .hasSize(10)
        .allSatisfy(it -> assertThat(it).matches("COUNTERSIGN_[A-Z_]+ is missing: .+"));
  }

  @ParameterizedTest
  @CsvSource({
    "COUNTERSIGN_WEB_CLIENT_SECRET, countersign-web",
    "COUNTERSIGN_IDENTITY_CLIENT_SECRET, countersign-identity",
    "COUNTERSIGN_DATABASE_PASSWORD, countersign-password",
    "COUNTERSIGN_DATABASE_PASSWORD, approvals",
    "COUNTERSIGN_DATABASE_OWNER_PASSWORD, approvals_owner",
    "COUNTERSIGN_DATABASE_OWNER, approvals",
    "COUNTERSIGN_PUBLIC_URL, http://approve.example",
    "COUNTERSIGN_PUBLIC_URL, http://localhost.evil.example",
    "COUNTERSIGN_KEYCLOAK_URL, http://people.example",
  })
  void acceptsWhatTheDemoHasInTheDemoOnly(String name, String value) {
    environment.setProperty(name, value);
    assertThat(RequiredSettings.problems(environment))
        .singleElement()
        .satisfies(it -> assertThat(it).startsWith(name + " "));
    environment.setActiveProfiles("demo");
    assertThat(RequiredSettings.problems(environment)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080", "http://localhost", "https://x.example/"})
  void acceptsAPlainAddressOfThisMachine(String url) {
    environment.setProperty("COUNTERSIGN_PUBLIC_URL", url);
    assertThat(RequiredSettings.problems(environment)).isEmpty();
  }

  @Test
  void refusesAnotherKindOfDatabase() {
    environment.setProperty("COUNTERSIGN_DATABASE_URL", "jdbc:h2:mem:x");
    assertThat(RequiredSettings.problems(environment))
        .containsExactly(
            "COUNTERSIGN_DATABASE_URL must begin with jdbc:postgresql:, the only database");
  }

  @Test
  void namesEachKeyThatIsNotThereUnlessItIsGivenAsText(@TempDir Path empty) {
    environment.setProperty("COUNTERSIGN_KEYS", empty.toString());
    assertThat(RequiredSettings.problems(environment))
        .hasSize(4)
        .allSatisfy(problem -> assertThat(problem).startsWith("COUNTERSIGN_KEYS is a directory"));
    for (String name : List.of("grants", "webhooks", "log", "sealing")) {
      environment.setProperty("countersign.key." + name, "-----BEGIN PRIVATE KEY-----");
    }
    assertThat(RequiredSettings.problems(environment)).isEmpty();
  }

  @Test
  void refusesToStartWithOneMessageAndNoStackTrace(CapturedOutput output) {
    assertThatThrownBy(() -> SpringApplication.run(CountersignApplication.class))
        .isInstanceOf(SettingsRefused.class);
    assertThat(output)
        .contains("COUNTERSIGN_PUBLIC_URL is missing", "COUNTERSIGN_KEYCLOAK_URL is missing")
        .doesNotContain("\tat ");
  }
}
