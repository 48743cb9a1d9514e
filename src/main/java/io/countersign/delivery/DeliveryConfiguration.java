package io.countersign.delivery;

import io.countersign.audit.AuditTrail;
import io.countersign.sealing.Seals;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliverySettings.class)
class DeliveryConfiguration {

  private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(20);

  @Bean
  AddressGuard addressGuard(DeliverySettings settings) {
    return new AddressGuard(
        AllowedAddresses.of(settings.allowedAddresses()), SystemDefaultDnsResolver.INSTANCE);
  }

  @Bean
  HttpTransport httpTransport(AddressGuard guard) {
    return new HttpTransport(guard, ATTEMPT_LIMIT);
  }

  @Bean
  DeliveryAttempt deliveryAttempt(
      Endpoints endpoints,
      DeliverySigner signer,
      HttpTransport transport,
      DeliveryQueue queue,
      Seals seals,
      AuditTrail audit,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new DeliveryAttempt(
        endpoints,
        signer,
        transport,
        queue,
        seals,
        new RetrySchedule(RandomGenerator.getDefault()),
        audit,
        new TransactionTemplate(transactions),
        clock);
  }

  @Bean
  DeliverySender deliverySender(
      DeliveryQueue queue,
      DeliveryAttempt attempt,
      PostgresListener listener,
      PlatformTransactionManager transactions,
      Clock clock) {
    ThreadPoolExecutor executor = threads();
    DeliveryDispatcher dispatcher =
        new DeliveryDispatcher(
            queue, attempt, new TransactionTemplate(transactions), executor, clock);
    return new DeliverySender(dispatcher, executor, listener, clock);
  }

  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            DeliveryDispatcher.AT_ONCE,
            DeliveryDispatcher.AT_ONCE,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "countersign-delivery-attempt");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
