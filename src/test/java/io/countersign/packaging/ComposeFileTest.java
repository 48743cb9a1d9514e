package io.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {

  private final ComposeFile compose = ComposeFile.read();

  @Test
  void runsTwoNodesBesidesTheirParts() {
    assertThat(compose.services())
        .containsOnlyKeys("postgres", "keycloak", "node-1", "node-2", "edge", "mail");
  }

  @ParameterizedTest
  @ValueSource(strings = {"node-1", "node-2"})
  void givesEachNodeAllThatItRequires(String node) {
    var given = new HashSet<>(compose.environment(node).keySet());
    given.addAll(compose.secretsOf(node).keySet());
    assertThat(given).containsAll(ProductionBootIT.REQUIRED);
    assertThat(compose.environment(node)).doesNotContainKey("SPRING_PROFILES_ACTIVE");
    assertThat(compose.of(node)).containsEntry("read_only", true);
  }

  @Test
  void holdsNoSecretItself() {
    for (var service : compose.services().keySet()) {
      assertThat(compose.environment(service).entrySet())
          .as(service)
          .allSatisfy(
              setting -> {
                if (setting.getKey().matches(".*(PASSWORD|SECRET|TOKEN).*")) {
                  assertThat(setting.getKey()).endsWith("_FILE");
                  assertThat(setting.getValue()).startsWith("/run/secrets/");
                }
              });
    }
    assertThat(compose.secrets().values())
        .allSatisfy(secret -> assertThat(secret.get("file")).startsWith("./secrets/"));
  }

  @Test
  void usesEverySecretThatThePreparationMakesAndNoOther() throws Exception {
    var used =
        compose.services().keySet().stream()
            .flatMap(service -> compose.secretsOf(service).values().stream())
            .collect(Collectors.toSet());
    assertThat(compose.secrets().keySet()).isEqualTo(used);
    var script = Files.readString(ComposeFile.FOLDER.resolve("prepare"));
    assertThat(used)
        .allSatisfy(secret -> assertThat(script).containsPattern("\\b" + secret + "\\b"));
  }

  @Test
  void namesTheVersionOfEveryImage() throws Exception {
    assertThat(compose.services().values())
        .allSatisfy(
            service -> assertThat((String) service.get("image")).matches("[a-z/]+:v?\\d[\\w.-]*"));
    var pom = Files.readString(Path.of("pom.xml"));
    var keycloak = compose.of("keycloak").getOrDefault("image", "").toString();
    assertThat(pom).contains("<keycloak.version>" + keycloak.split(":", -1)[1] + "<");
  }

  @Test
  void mountsOnlyWhatIsThereOrIsMade() {
    for (var service : compose.services().keySet()) {
      for (var volume : compose.list(service, "volumes")) {
        var source = volume.toString().split(":", -1)[0];
        if (source.startsWith("./") && !source.startsWith("./secrets/")) {
          assertThat(ComposeFile.FOLDER.resolve(source)).exists();
        }
      }
    }
  }

  @Test
  void opensItsPortsToThisMachineOnly() {
    var open =
        compose.services().keySet().stream()
            .flatMap(service -> compose.list(service, "ports").stream())
            .map(Object::toString)
            .collect(Collectors.toSet());
    assertThat(open).isEqualTo(Set.of("127.0.0.1:8443:8443", "127.0.0.1:8025:8025"));
  }

  @Test
  void letsTheImageRunAsSomebodyWithoutRights() throws Exception {
    var image = Files.readString(ComposeFile.FOLDER.resolve("Dockerfile"));
    assertThat(image)
        .containsPattern("(?m)^USER 10001:10001$")
        .containsPattern("(?m)^HEALTHCHECK ");
    assertThat(image).containsPattern("(?m)^FROM eclipse-temurin:17-jre$");
    for (var script : new String[] {"start", "prepare", "database/init.sh"}) {
      assertThat(ComposeFile.FOLDER.resolve(script)).isExecutable();
    }
  }
}
