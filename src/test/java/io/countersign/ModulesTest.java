package io.countersign;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The compiler does not hold the borders between packages; this does. */
class ModulesTest {

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.countersign");

  @Test
  void useOnlyWhatTheyMay() {
    ApplicationModules.of(CountersignApplication.class, new ImportOption.DoNotIncludeTests())
        .verify();
  }

  @Test
  void keepTheEngineBehindItsFences() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.countersign.engine",
            "io.countersign.review..",
            "io.countersign.policy.dmn",
            "io.countersign.identity..",
            "io.countersign.cockpit..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.camunda..")
        .check(PRODUCTION);
  }
}
