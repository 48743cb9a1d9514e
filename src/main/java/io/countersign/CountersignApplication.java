package io.countersign;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The application: one deployable, one database, one identity provider. */
@SpringBootApplication
public class CountersignApplication {

  /** Starts the application with its embedded server. */
  public static void main(String[] arguments) {
    configured(new SpringApplicationBuilder()).run(arguments);
  }

  static SpringApplicationBuilder configured(SpringApplicationBuilder application) {
    return application.sources(CountersignApplication.class).initializers(new RequiredSettings());
  }
}
