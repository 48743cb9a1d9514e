package io.countersign.delivery;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliverySettings.class)
class DeliveryConfiguration {

  @Bean
  AddressGuard addressGuard(DeliverySettings settings) {
    return new AddressGuard(
        AllowedAddresses.of(settings.allowedAddresses()), SystemDefaultDnsResolver.INSTANCE);
  }
}
