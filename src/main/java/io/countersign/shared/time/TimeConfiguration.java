package io.countersign.shared.time;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everybody asks the database what time it is; tests hand in clocks that they move. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Clock clock(DataSource dataSource) {
    return new DatabaseClock(dataSource);
  }

  @Bean
  @ConditionalOnMissingBean
  NodeClock nodeClock() {
    return NodeClock.ofThisMachine();
  }

  @Bean
  ClockOffset clockOffset(NodeClock node, DataSource database) {
    return new ClockOffset(node, database);
  }
}
