package io.countersign.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Verifies webhooks and grants with receivers that are not ours: npm's {@code standardwebhooks} and
 * {@code jose}, and Node's own crypto.
 */
public final class OutsideReceivers {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCRIPTS = Path.of("src", "test", "js", "webhooks");

  private OutsideReceivers() {}

  /**
   * What they could verify of {@code {secret, jwks, issuer, audience, grant, webhook: {headers,
   * body}}}.
   *
   * @throws IllegalStateException if one of them refuses
   */
  public static JsonNode verify(JsonNode given) {
    try {
      if (!Files.exists(SCRIPTS.resolve("node_modules"))) {
        run("", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      }
      return JSON.readTree(run(given.toString(), "node", "verify.mjs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String run(String input, String... command)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).directory(SCRIPTS.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}
