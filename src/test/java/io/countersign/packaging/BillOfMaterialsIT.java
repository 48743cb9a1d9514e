package io.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.dev.KnownHoles;
import io.countersign.packaging.BillOfMaterials.Component;
import io.countersign.testing.PackagedApplication.Deployable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * The bill of materials in the WAR says what is in the WAR, and the page on holes speaks of that.
 */
class BillOfMaterialsIT {

  /** The starters hold no class; Spring Boot leaves them out when it packs. */
  private static final String STARTER = "spring-boot-starter";

  @Test
  void namesEachLibraryOfTheWarByItsBytesAndNoOther() throws Exception {
    Map<String, String> packed = libraries();
    Map<String, String> named =
        BillOfMaterials.ofTheWar().components().stream()
            .filter(component -> !component.name().startsWith(STARTER))
            .collect(Collectors.toMap(Component::sha256, Component::name));

    assertThat(packed).hasSizeGreaterThan(100);
    assertThat(named.keySet())
        .as("named: %s, packed: %s", named, packed)
        .isEqualTo(packed.keySet());
  }

  @Test
  void tellsNeitherTheTimeNorThePlaceOfTheBuild() throws IOException {
    var document = BillOfMaterials.ofTheWar().document();

    assertThat(document.at("/metadata/timestamp").isMissingNode()).isTrue();
    assertThat(document.toString()).doesNotContain(System.getProperty("user.dir"));
  }

  @Test
  void bearsOutTheVersionsThatThePageOnHolesNames() throws IOException {
    var packed =
        BillOfMaterials.ofTheWar().components().stream()
            .map(it -> "pkg:maven/%s/%s@%s".formatted(it.group(), it.name(), it.version()))
            .collect(Collectors.toSet());

    assertThat(packed).containsAll(KnownHoles.libraries());
    assertThat(KnownHoles.products())
        .containsOnly(
            BillOfMaterials.ofTheWar()
                .document()
                .at("/metadata/component/purl")
                .asText()
                .replace("?type=war", ""));
  }

  @Test
  void hasNoneOfTheLibrariesThatThePageOnHolesCallsAbsent() throws IOException {
    Set<String> absent = KnownHoles.onThePage().absentLibraries();

    assertThat(absent).hasSizeGreaterThan(5);
    assertThat(BillOfMaterials.ofTheWar().components())
        .extracting(Component::name)
        .doesNotContainAnyElementsOf(absent);
  }

  private static Map<String, String> libraries() throws Exception {
    Map<String, String> libraries = new TreeMap<>();
    try (ZipFile war = new ZipFile(Deployable.WAR.file().toFile())) {
      for (ZipEntry entry : war.stream().filter(it -> it.getName().endsWith(".jar")).toList()) {
        try (InputStream bytes = war.getInputStream(entry)) {
          libraries.put(sha256(bytes.readAllBytes()), entry.getName());
        }
      }
    }
    return libraries;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
