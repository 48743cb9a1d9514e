package io.countersign.handback;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HandbackSettings.class)
class HandbackConfiguration {

  @Bean
  PublicUrl publicUrl(Environment environment) {
    return PublicUrl.of(environment.getProperty("countersign.public-url", ""));
  }
}
