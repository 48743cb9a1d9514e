package io.countersign.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on known holes says what is so. */
class KnownHolesTest {

  private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))`");

  @Test
  void saysTheSameToPeopleAndToMachines() throws IOException {
    var told = KnownHoles.statements().stream().map(KnownHoles::hole).toList();

    assertThat(told).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    assertThat(KnownHoles.onThePage().holes()).containsExactlyInAnyOrderElementsOf(told);
  }

  @Test
  void givesAReasonWhereverItClaimsThatAHoleDoesNotMatter() throws IOException {
    assertThat(KnownHoles.statements())
        .allSatisfy(
            statement -> {
              boolean fixed = statement.get("status").asText().equals("fixed");
              assertThat(statement.has("justification")).isEqualTo(!fixed);
              assertThat(statement.has("impact_statement")).isEqualTo(!fixed);
            });
  }

  @Test
  void namesTestsThatExist() throws IOException {
    var page = Files.readString(Path.of("docs", "known-holes.md"));
    var named = TEST.matcher(page).results().map(found -> found.group(1)).toList();

    assertThat(named).hasSizeGreaterThan(20);
    assertThat(tests()).containsAll(named);
  }

  @Test
  void callsUnusedWhatNoClassOfOursRefersTo() throws IOException {
    Set<String> unused = KnownHoles.onThePage().unusedTypes();
    Map<String, List<String>> users =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.countersign")
                .stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(KnownHolesTest::foreign)
                .filter(used -> unused.contains(used.type()))
                .collect(
                    Collectors.groupingBy(
                        Use::type, Collectors.mapping(Use::by, Collectors.toList())));

    assertThat(unused).hasSizeGreaterThan(20);
    assertThat(users).isEmpty();
  }

  private record Use(String type, String by) {}

  private static Use foreign(Dependency dependency) {
    JavaClass type = dependency.getTargetClass().getBaseComponentType();
    return new Use(type.getSimpleName(), dependency.getOriginClass().getName());
  }

  private static Set<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }
}
