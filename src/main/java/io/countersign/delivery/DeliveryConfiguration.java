package io.countersign.delivery;

import io.countersign.audit.AuditTrail;
import io.countersign.sealing.Seals;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
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
  WebhookCarrier webhookCarrier(
      Endpoints endpoints, DeliverySigner signer, HttpTransport transport, Clock clock) {
    return new WebhookCarrier(endpoints, signer, transport, clock);
  }

  @Bean
  MailServer mailServer(
      ObjectProvider<JavaMailSender> sender,
      @Value("${countersign.mail.from:}") String from,
      Clock clock) {
    return new MailServer(sender.getIfAvailable(), from, clock);
  }

  @Bean
  MailCarrier mailCarrier(MailServer server, ObjectProvider<Letters> letters) {
    return new MailCarrier(server, letters);
  }

  @Bean
  DeliveryAttempt deliveryAttempt(
      List<Carrier> carriers,
      DeliveryQueue queue,
      Seals seals,
      AuditTrail audit,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new DeliveryAttempt(
        carriers,
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
