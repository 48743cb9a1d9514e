package io.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.countersign.fences.Fences;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTest {

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.countersign");

  @Test
  void keepsModulesToTheirDirections() {
    ApplicationModules.of(CountersignApplication.class).verify();
  }

  @ParameterizedTest
  @MethodSource("fences")
  void staysInsideItsFences(Fences.Fence fence) {
    fence.rule().check(PRODUCT);
  }

  /** A fence that nobody can hit is none: each has a trespasser in the test tree. */
  @ParameterizedTest
  @MethodSource("fences")
  void catchesTheTrespasser(Fences.Fence fence) {
    JavaClasses trespasser = new ClassFileImporter().importClasses(fence.trespasser());
    ArchRule rule = fence.rule().allowEmptyShould(true);
    assertThat(rule.evaluate(trespasser).hasViolation())
        .as("%s is caught", fence.trespasser().getSimpleName())
        .isTrue();
  }

  private static Stream<Fences.Fence> fences() {
    return Fences.all().stream();
  }
}
