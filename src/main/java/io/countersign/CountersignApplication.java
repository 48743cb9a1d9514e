package io.countersign;

import io.countersign.cli.CommandLine;
import io.countersign.witness.WitnessCommand;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application: one deployable, one database, one identity provider. */
@SpringBootApplication
public class CountersignApplication {

  /**
   * Starts the application with its embedded server; or does what its first argument says: the
   * command line for people, {@code audit} that verifies or copies a log, {@code witness} that
   * signs one for somebody else.
   */
  public static void main(String[] arguments) {
    String command = arguments.length == 0 ? "" : arguments[0];
    if (CommandLine.COMMANDS.contains(command)) {
      CommandLine.main(arguments);
      return;
    }
    if (command.equals("witness")) {
      WitnessCommand.main(rest(arguments));
      return;
    }
    SpringApplication.run(CountersignApplication.class, arguments);
  }

  private static String[] rest(String[] arguments) {
    return Arrays.copyOfRange(arguments, 1, arguments.length);
  }
}
