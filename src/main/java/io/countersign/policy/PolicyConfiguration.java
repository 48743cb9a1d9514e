package io.countersign.policy;

import io.countersign.shared.ChannelRules;
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
      throw unreadable(e);
    }
  }

  /** By which channels people are told, from the same folder. */
  @Bean
  ChannelRules channelRules(@Value("${countersign.policy:}") String folder) throws ManifestRefused {
    try {
      return ChannelPolicy.load(
          folder.isBlank()
              ? PolicyFiles.packagedChannels()
              : PolicyFiles.channelsIn(Path.of(folder)));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static IllegalStateException unreadable(IOException e) {
    return new IllegalStateException(
        "countersign.policy: expected a folder with actions.yaml, route-action.dmn,"
            + " plan-stages.dmn and choose-channels.dmn, cannot read "
            + e.getMessage(),
        e);
  }
}
