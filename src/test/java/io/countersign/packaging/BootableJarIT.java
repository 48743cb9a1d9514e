package io.countersign.packaging;

import io.countersign.testing.PackagedApplication.Deployable;
import java.nio.file.Files;
import org.junit.jupiter.api.condition.EnabledIf;

/** Runs where the profile {@code wildfly} has built the JAR, as {@code ./test} does. */
@EnabledIf("isBuilt")
class BootableJarIT extends SmokeTest {

  BootableJarIT() {
    super(Deployable.BOOTABLE_JAR);
  }

  static boolean isBuilt() {
    return Files.exists(Deployable.BOOTABLE_JAR.file());
  }
}
