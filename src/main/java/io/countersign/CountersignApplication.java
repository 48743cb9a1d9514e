package io.countersign;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application: one deployable, one database, one identity provider. */
@SpringBootApplication
public class CountersignApplication {

  /** Starts the application with its embedded server. */
  public static void main(String[] arguments) {
    SpringApplication.run(CountersignApplication.class, arguments);
  }
}
