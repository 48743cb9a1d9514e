package io.countersign;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        exitOnceTheServerHasSettled();
      }
      throw failure;
    }
  }

  /** Exiting while the server still boots can hang in its shutdown: leave it time, then insist. */
  private static void exitOnceTheServerHasSettled() {
    after(3, () -> System.exit(1));
    after(15, () -> Runtime.getRuntime().halt(1));
  }

  private static void after(int seconds, Runnable exit) {
    CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS, task -> new Thread(task).start())
        .execute(exit);
  }
}
