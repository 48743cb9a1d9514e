package io.countersign.handback;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.audit.AuditTrail;
import io.countersign.delivery.MigratedDatabase;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.shared.RequestId;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.domain.EntityScan;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One running node: requests, delivery and hand-back on a real database. */
final class HandbackNode implements AutoCloseable {

  private final HikariDataSource dataSource;
  private final ConfigurableApplicationContext context;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    JacksonAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    HibernateJpaAutoConfiguration.class,
    TransactionAutoConfiguration.class
  })
  // Spring Data is what makes the entity manager injectable.
  @EnableJpaRepositories("io.countersign.request")
  @EntityScan({"io.countersign.request", "io.countersign.sealing"})
  @ComponentScan(
      basePackages = {
        "io.countersign.request",
        "io.countersign.sealing",
        "io.countersign.delivery",
        "io.countersign.handback"
      },
      // They ask the log, which is not here.
      excludeFilters =
          @ComponentScan.Filter(
              type = FilterType.ASSIGNABLE_TYPE,
              classes = {GrantRelease.class, GrantUse.class}))
  @Import(AuditTrail.class)
  static class Parts {}

  HandbackNode(MigratedDatabase database, Clock clock, Map<String, Object> properties) {
    dataSource = database.application();
    context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .initializers(
                starting -> {
                  starting
                      .getEnvironment()
                      .getPropertySources()
                      .addFirst(new MapPropertySource("test", properties));
                  GenericApplicationContext beans = (GenericApplicationContext) starting;
                  beans.registerBean(DataSource.class, () -> dataSource);
                  beans.registerBean(Clock.class, () -> clock);
                })
            .run("--spring.jpa.hibernate.ddl-auto=none", "--spring.main.banner-mode=off");
  }

  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  void inTransaction(Runnable work) {
    new TransactionTemplate(part(PlatformTransactionManager.class))
        .executeWithoutResult(status -> work.run());
  }

  /** Changes a request in a transaction of its own. */
  void change(RequestId id, Consumer<ApprovalRequest> change) {
    inTransaction(() -> change.accept(part(ApprovalRequests.class).lock(id)));
  }

  @Override
  public void close() {
    context.close();
    dataSource.close();
  }
}
