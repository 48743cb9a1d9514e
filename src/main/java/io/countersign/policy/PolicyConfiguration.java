package io.countersign.policy;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the policy once; without one the application does not start. */
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

  /** The operator's own folder (property {@code countersign.policy}), or what was built in. */
  @Bean
  Policy policy(@Value("${countersign.policy:}") String folder) throws ManifestRefused {
    try {
      return Policy.load(
          folder.isBlank() ? PolicyFiles.packaged() : PolicyFiles.in(Path.of(folder)));
    } catch (IOException e) {
      throw new IllegalStateException(
          "countersign.policy: expected a folder with actions.yaml and route-action.dmn, cannot"
              + " read "
              + e.getMessage(),
          e);
    }
  }
}
