package io.countersign.fences;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import io.countersign.audit.merkle.NeedsMoreThanTheJdk;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The libraries that only some packages may use. */
public final class Fences {

  /**
   * One fence.
   *
   * @param rule what it forbids
   * @param trespasser a class of the test tree that does it
   */
  public record Fence(ArchRule rule, Class<?> trespasser) {
    @Override
    public String toString() {
      return trespasser.getSimpleName();
    }
  }

  private static final Set<String> WALL_CLOCKS =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalTime.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Year.now",
          "java.lang.System.currentTimeMillis");

  private Fences() {}

  /** All of them. */
  public static List<Fence> all() {
    return List.of(
        new Fence(
            only("org.camunda..", "engine", "review..", "policy.dmn", "identity..", "cockpit"),
            UsesTheEngine.class),
        new Fence(
            only(
                List.of("jakarta.persistence..", "java.sql..", "javax.sql..", "org.postgresql.."),
                "request..",
                "audit..",
                "delivery..",
                "engine..",
                "handback..",
                "sealing..",
                "shared.time"),
            UsesTheDatabase.class),
        new Fence(
            only(
                List.of("org.apache.hc.client5..", "org.apache.hc.core5..", "java.net.http.."),
                "delivery..",
                "cli"),
            CallsOut.class),
        new Fence(
            only(List.of("jakarta.mail..", "org.springframework.mail.."), "delivery.."),
            SendsMail.class),
        new Fence(
            outside("shared.time")
                .should()
                .accessTargetWhere(readsTheWallClock())
                .because("time is handed in as a java.time.Clock"),
            ReadsTheWallClock.class),
        new Fence(
            outside("shared.json", "audit.merkle")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.MessageDigest")
                .because("what a digest covers is decided in one place"),
            Digests.class),
        new Fence(
            noClasses()
                .that()
                .resideInAPackage("io.countersign.audit.merkle")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "org.jspecify..", "io.countersign.audit.merkle")
                .because("whoever verifies the log has little to trust"),
            NeedsMoreThanTheJdk.class));
  }

  private static ArchRule only(String library, String... packages) {
    return only(List.of(library), packages);
  }

  private static ArchRule only(List<String> libraries, String... packages) {
    return outside(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries.toArray(String[]::new));
  }

  private static com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction outside(
      String... packages) {
    var allowed = new String[packages.length];
    for (int i = 0; i < packages.length; i++) {
      allowed[i] = "io.countersign." + packages[i];
    }
    return noClasses()
        .that()
        .resideInAPackage("io.countersign..")
        .and()
        .resideOutsideOfPackages(allowed);
  }

  private static DescribedPredicate<JavaAccess<?>> readsTheWallClock() {
    return target(
        describe(
            "reads the wall clock",
            (AccessTarget target) ->
                WALL_CLOCKS.contains(target.getOwner().getName() + "." + target.getName())
                        && takesNoClock(target)
                    || target.getOwner().getName().equals("java.time.Clock")
                        && Set.of("systemUTC", "systemDefaultZone", "system", "tick", "tickMillis")
                            .contains(target.getName())
                    || target.getFullName().equals("java.util.Date.<init>()")));
  }

  private static boolean takesNoClock(AccessTarget target) {
    return !target.getFullName().contains("(" + Clock.class.getName() + ")");
  }
}
