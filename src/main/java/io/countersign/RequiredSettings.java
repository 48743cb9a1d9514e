package io.countersign;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Refuses a start without the settings it needs, and a production start with those of the demo. */
class RequiredSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final String PUBLIC_URL = "COUNTERSIGN_PUBLIC_URL";
  private static final String KEYCLOAK_URL = "COUNTERSIGN_KEYCLOAK_URL";
  private static final String DATABASE_URL = "COUNTERSIGN_DATABASE_URL";
  private static final String DATABASE_USER = "COUNTERSIGN_DATABASE_USER";
  private static final String DATABASE_OWNER = "COUNTERSIGN_DATABASE_OWNER";
  private static final String WEB_SECRET = "COUNTERSIGN_WEB_CLIENT_SECRET";
  private static final String IDENTITY_SECRET = "COUNTERSIGN_IDENTITY_CLIENT_SECRET";
  private static final String KEYS = "COUNTERSIGN_KEYS";

  private static final Set<String> KEY_NAMES = Set.of("grants", "log", "webhooks");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** The variable, the property it fills, and what it is for. */
  private record Setting(String variable, String property, String meaning) {}

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              PUBLIC_URL,
              "countersign.public-url",
              "the https address under which people and agents reach this installation"),
          new Setting(
              DATABASE_URL,
              "spring.datasource.url",
              "the PostgreSQL database, such as jdbc:postgresql://host:5432/countersign"),
          new Setting(
              DATABASE_USER,
              "spring.datasource.username",
              "the database role of the application, which may not change the schema"),
          new Setting(
              "COUNTERSIGN_DATABASE_PASSWORD",
              "spring.datasource.password",
              "the password of the application's database role"),
          new Setting(
              DATABASE_OWNER,
              "spring.flyway.user",
              "the database role that owns the schema and migrates it at each start"),
          new Setting(
              "COUNTERSIGN_DATABASE_OWNER_PASSWORD",
              "spring.flyway.password",
              "the password of the database role that owns the schema"),
          new Setting(
              KEYCLOAK_URL,
              "countersign.identity.keycloak-url",
              "the address of Keycloak, as browsers reach it, without a path of a realm"),
          new Setting(
              WEB_SECRET,
              "countersign.web-client-secret",
              "the secret of the Keycloak client countersign-web, with which people sign in"),
          new Setting(
              IDENTITY_SECRET,
              "countersign.identity.identity-client-secret",
              "the secret of the Keycloak client countersign-identity, which reads names"));

  private static final Map<String, String> PROPERTIES =
      SETTINGS.stream().collect(Collectors.toMap(Setting::variable, Setting::property));

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    List<String> problems = problems(context.getEnvironment());
    if (!problems.isEmpty()) {
      throw new SettingsRefused(problems);
    }
  }

  static List<String> problems(Environment environment) {
    List<String> problems = new ArrayList<>();
    for (Setting setting : SETTINGS) {
      if (value(environment, setting.variable()).isEmpty()) {
        problems.add(setting.variable() + " is missing: " + setting.meaning() + ".");
      }
    }
    database(environment, problems);
    if (!environment.acceptsProfiles(Profiles.of("demo"))) {
      production(environment, problems);
    }
    keys(environment, problems);
    return problems;
  }

  private static void database(Environment environment, List<String> problems) {
    value(environment, DATABASE_URL)
        .filter(url -> !url.startsWith("jdbc:postgresql:"))
        .ifPresent(
            url ->
                problems.add(
                    DATABASE_URL + " must begin with jdbc:postgresql:, the only database."));
    Optional<String> owner = value(environment, DATABASE_OWNER);
    if (owner.isPresent() && owner.equals(value(environment, DATABASE_USER))) {
      problems.add(
          DATABASE_USER
              + " must differ from "
              + DATABASE_OWNER
              + ": as owner the application could rewrite its own record.");
    }
  }

  private static void production(Environment environment, List<String> problems) {
    value(environment, PUBLIC_URL)
        .filter(url -> !isHttps(url))
        .ifPresent(
            url ->
                problems.add(
                    PUBLIC_URL
                        + " must be an https address, but is \""
                        + url
                        + "\": sessions and"
                        + " tokens would travel in the open."));
    value(environment, KEYCLOAK_URL)
        .filter(url -> !isHttps(url) && !isLoopback(url))
        .ifPresent(
            url ->
                problems.add(
                    KEYCLOAK_URL
                        + " must be an https address (or http on this very machine), but"
                        + " is \""
                        + url
                        + "\"."));
    Map.of(WEB_SECRET, "countersign-web", IDENTITY_SECRET, "countersign-identity")
        .forEach(
            (variable, demo) ->
                value(environment, variable)
                    .filter(demo::equals)
                    .ifPresent(
                        secret ->
                            problems.add(
                                variable
                                    + " is the secret of the demo, which everybody knows: give the"
                                    + " client a secret of its own in Keycloak.")));
  }

  private static void keys(Environment environment, List<String> problems) {
    List<String> inFiles =
        KEY_NAMES.stream()
            .filter(name -> property(environment, "countersign.key." + name).isEmpty())
            .sorted()
            .toList();
    if (inFiles.isEmpty()) {
      return;
    }
    Optional<String> folder = property(environment, "countersign.keys");
    if (folder.isEmpty()) {
      problems.add(
          KEYS
              + " is missing: the directory of the signing keys grants.pem, webhooks.pem and"
              + " log.pem.");
      return;
    }
    inFiles.stream()
        .map(name -> Path.of(folder.get()).resolve(name + ".pem"))
        .filter(file -> !Files.isReadable(file))
        .forEach(
            file ->
                problems.add(
                    KEYS
                        + " names a directory without a readable "
                        + file.getFileName()
                        + ": "
                        + file.toAbsolutePath()
                        + " (make one: openssl genpkey -algorithm ed25519"
                        + " -out "
                        + file.getFileName()
                        + ")."));
  }

  private static Optional<String> value(Environment environment, String variable) {
    return property(environment, Objects.requireNonNull(PROPERTIES.get(variable)));
  }

  private static Optional<String> property(Environment environment, String name) {
    try {
      return Optional.ofNullable(environment.getProperty(name)).filter(text -> !text.isBlank());
    } catch (IllegalArgumentException unresolved) {
      // It refers to a variable that is not set.
      return Optional.empty();
    }
  }

  private static boolean isHttps(String url) {
    return uri(url).filter(uri -> "https".equals(uri.getScheme())).isPresent();
  }

  private static boolean isLoopback(String url) {
    return uri(url)
        .filter(uri -> "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()))
        .isPresent();
  }

  private static Optional<URI> uri(String url) {
    try {
      return Optional.of(new URI(url)).filter(uri -> uri.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
