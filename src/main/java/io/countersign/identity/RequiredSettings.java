package io.countersign.identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Looks at the environment before anything starts, and says all that is wrong with it at once. */
final class RequiredSettings implements EnvironmentPostProcessor, Ordered {

  private static final String PUBLIC_URL = "COUNTERSIGN_PUBLIC_URL";
  private static final String KEYCLOAK_URL = "COUNTERSIGN_KEYCLOAK_URL";
  private static final String DATABASE_URL = "COUNTERSIGN_DATABASE_URL";
  private static final String USER = "COUNTERSIGN_DATABASE_USER";
  private static final String PASSWORD = "COUNTERSIGN_DATABASE_PASSWORD";
  private static final String OWNER = "COUNTERSIGN_DATABASE_OWNER";
  private static final String OWNER_PASSWORD = "COUNTERSIGN_DATABASE_OWNER_PASSWORD";
  private static final String WEB_SECRET = "COUNTERSIGN_WEB_CLIENT_SECRET";
  private static final String IDENTITY_SECRET = "COUNTERSIGN_IDENTITY_CLIENT_SECRET";

  private static final String MAIL_FROM = "COUNTERSIGN_MAIL_FROM";
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");

  private static final String KEYS = "COUNTERSIGN_KEYS";
  private static final List<KeyFile> KEY_FILES =
      List.of(
          KeyFile.signing("grants"),
          KeyFile.signing("webhooks"),
          KeyFile.signing("log"),
          new KeyFile("sealing", "sealing.key", "openssl rand -base64 32"));

  private static final Map<String, String> REQUIRED = required();

  private static Map<String, String> required() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(PUBLIC_URL, "the address people's browsers use, for example https://approve.example");
    names.put(DATABASE_URL, "PostgreSQL, as jdbc:postgresql://host:port/database");
    names.put(USER, "the role the application works as; it needs no right to change tables");
    names.put(PASSWORD, "the password of that role");
    names.put(OWNER, "the role that owns the tables and migrates them");
    names.put(OWNER_PASSWORD, "the password of the owner");
    names.put(KEYCLOAK_URL, "the address of Keycloak, as browsers reach it");
    names.put(WEB_SECRET, "the secret of Keycloak's client countersign-web");
    names.put(IDENTITY_SECRET, "the secret of Keycloak's client countersign-identity");
    return names;
  }

  /**
   * A key that has to be there.
   *
   * @param name as in {@code countersign.key.<name>}
   * @param make the command that makes one
   */
  private record KeyFile(String name, String file, String make) {

    static KeyFile signing(String name) {
      return new KeyFile(name, name + ".pem", "openssl genpkey -algorithm ed25519");
    }
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (!isTheApplication(application)) {
      return;
    }
    List<String> problems = problems(environment);
    if (!problems.isEmpty()) {
      throw new SettingsRefused(problems);
    }
  }

  /** Parts of it that tests start alone need less. */
  private static boolean isTheApplication(SpringApplication application) {
    return application.getAllSources().stream()
        .anyMatch(
            source ->
                source instanceof Class<?> type
                    && type.isAnnotationPresent(SpringBootApplication.class));
  }

  /** After the configuration files, which profiles come from. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  static List<String> problems(Environment environment) {
    List<String> problems = new ArrayList<>();
    REQUIRED.forEach(
        (name, purpose) -> {
          if (value(environment, name).isBlank()) {
            problems.add(name + " is missing: " + purpose);
          }
        });
    refuseAnotherDatabase(environment, problems);
    requireKeys(environment, problems);
    requireSender(environment, problems);
    if (!environment.acceptsProfiles(Profiles.of("demo"))) {
      refuseDemo(environment, problems);
    }
    return problems;
  }

  /** Mails are off without a server; with one, somebody has to be behind them. */
  private static void requireSender(Environment environment, List<String> problems) {
    boolean mails =
        !value(environment, "spring.mail.host").isBlank()
            || !value(environment, "spring.mail.jndi-name").isBlank();
    String from = value(environment, "countersign.mail.from");
    if (from.isBlank()) {
      from = value(environment, MAIL_FROM);
    }
    if (mails && !ADDRESS.matcher(from).matches()) {
      problems.add(
          MAIL_FROM
              + " is missing: the address that mails come from, for example approvals@example.com;"
              + " spring.mail.host is set");
    }
  }

  private static void refuseDemo(Environment environment, List<String> problems) {
    refuseEqual(environment, WEB_SECRET, "countersign-web", problems);
    refuseEqual(environment, IDENTITY_SECRET, "countersign-identity", problems);
    refuseGuessable(environment, PASSWORD, USER, problems);
    refuseGuessable(environment, OWNER_PASSWORD, OWNER, problems);
    if (!value(environment, USER).isBlank()) {
      refuseEqual(environment, OWNER, value(environment, USER), problems);
    }
    requireHttps(environment, PUBLIC_URL, problems);
    requireHttps(environment, KEYCLOAK_URL, problems);
  }

  private static void requireHttps(Environment environment, String name, List<String> problems) {
    String url = value(environment, name);
    if (!url.isBlank() && !url.matches("https://.+|http://(127\\.0\\.0\\.1|localhost)(:\\d+)?/?")) {
      problems.add(name + " must begin with https:// unless it is on this machine");
    }
  }

  private static void refuseAnotherDatabase(Environment environment, List<String> problems) {
    String url = value(environment, DATABASE_URL);
    if (!url.isBlank() && !url.startsWith("jdbc:postgresql:")) {
      problems.add(DATABASE_URL + " must begin with jdbc:postgresql:, the only database");
    }
  }

  private static void requireKeys(Environment environment, List<String> problems) {
    List<KeyFile> inFiles =
        KEY_FILES.stream()
            .filter(key -> value(environment, "countersign.key." + key.name()).isBlank())
            .toList();
    String directory = value(environment, "countersign.keys");
    if (directory.isBlank()) {
      directory = value(environment, KEYS);
    }
    if (!inFiles.isEmpty() && directory.isBlank()) {
      problems.add(
          KEYS + " is missing: the directory of grants.pem, webhooks.pem, log.pem and sealing.key");
      return;
    }
    for (KeyFile key : inFiles) {
      Path file = Path.of(directory).resolve(key.file()).toAbsolutePath();
      if (!Files.isReadable(file)) {
        problems.add(
            KEYS
                + " is a directory without a readable key "
                + file
                + " (make one: "
                + key.make()
                + ")");
      }
    }
  }

  private static void refuseEqual(
      Environment environment, String name, String refused, List<String> problems) {
    if (value(environment, name).equals(refused)) {
      problems.add(name + " must not be \"" + refused + "\" outside of the profile demo");
    }
  }

  private static void refuseGuessable(
      Environment environment, String name, String user, List<String> problems) {
    String password = value(environment, name);
    if (!password.isBlank()
        && (password.startsWith("countersign") || password.equals(value(environment, user)))) {
      problems.add(name + " can be guessed: it is, or begins like, a name");
    }
  }

  private static String value(Environment environment, String name) {
    return environment.getProperty(name, "");
  }
}
