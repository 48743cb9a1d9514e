package io.countersign.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.LoggerFactory;

/** The storm as a command; what it leaves behind stays in its folder if anybody is guilty. */
public final class Chaos {

  /** Where libfaketime is, by which clocks can jump. */
  static final String FAKETIME = "FAKETIME_LIBRARY";

  private Chaos() {}

  /** Takes parameters such as {@code kills=5}; without any, the whole programme. */
  public static void main(String[] arguments) throws Exception {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    Parameters parameters =
        Parameters.parse(List.of(arguments), new Random().nextInt(Integer.MAX_VALUE));
    Path folder = Files.createTempDirectory("countersign-chaos");
    long begin = System.nanoTime();
    Storm storm =
        new Storm(
            parameters,
            folder,
            line ->
                System.out.printf(
                    "%5d s  %s%n", (System.nanoTime() - begin) / 1_000_000_000, line));
    Storm.Result result = storm.rage(System.getenv(FAKETIME));
    tell(result);
    System.out.println("Logs and ledger: " + folder);
    System.exit(result.guilty().isEmpty() ? 0 : 1);
  }

  private static void tell(Storm.Result result) {
    System.out.printf("%nFaults%n%s%n%nAnswers%n%s%n", result.struck(), result.tally());
    System.out.printf(
        "%nacknowledged %d, effects %d, grants redeemed %d, still open %d, entries of the log"
            + " %d%n%s%n%n",
        result.evidence().acknowledged().size(),
        result.evidence().effects().size(),
        result.evidence().uses().size(),
        result.evidence().stages().size(),
        result.evidence().entries().size(),
        result.figures());
    for (Map.Entry<String, List<String>> check : result.charges().entrySet()) {
      System.out.printf("%-28s %d%n", check.getKey(), check.getValue().size());
      check.getValue().stream().limit(20).forEach(one -> System.out.println("    " + one));
    }
  }
}
