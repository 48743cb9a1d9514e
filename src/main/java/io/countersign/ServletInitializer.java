package io.countersign;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.web.context.WebApplicationContext;

/** Starts the application inside a servlet container that is already running. */
public class ServletInitializer extends SpringBootServletInitializer {

  private static final String EXIT_ON_FAILED_START = "countersign.exit-on-failed-start";

  @Override
  protected SpringApplicationBuilder configure(SpringApplicationBuilder application) {
    return application.sources(CountersignApplication.class);
  }

  @Override
  protected WebApplicationContext run(SpringApplication application) {
    try {
      return super.run(application);
    } catch (RuntimeException | Error failure) {
      // A server whose application refused to start would go on and answer 404 to everything.
      if (Boolean.getBoolean(EXIT_ON_FAILED_START)) {
        exitOnceThisThreadIsFree();
      }
      throw failure;
    }
  }

  /** The server's shutdown waits for this deployment, so exiting on its own thread would never end. */
  @SuppressWarnings("SystemExitOutsideMain")
  private static void exitOnceThisThreadIsFree() {
    new Thread(() -> System.exit(1), "exit-on-failed-start").start();
  }
}
