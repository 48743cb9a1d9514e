package io.countersign.shared.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Throws odd documents at the gate and compares what it lets through with a canonicaliser that is
 * not ours ({@code canonicalize} of npm, by JavaScript's own parser).
 *
 * <p>{@code bench/fuzz <documents> <seed>} runs it for as long as one likes.
 */
public final class JsonFuzz {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCRIPTS = Path.of("src", "test", "js", "audit");

  /** Few enough that neither side waits for the other with full pipes. */
  private static final int BATCH = 100;

  private static final int MAX_BYTES = 1 << 20;

  private final RandomJson random;
  private final Map<String, String> byDigest = new HashMap<>();
  private final List<String> findings = new ArrayList<>();
  private int taken;

  private JsonFuzz(long seed) {
    this.random = new RandomJson(seed);
  }

  /**
   * What came of it.
   *
   * @param tried documents and broken documents
   * @param taken how many the gate let through
   * @param findings crashes, differences and collisions, in words
   */
  record Result(int tried, int taken, List<String> findings) {}

  /** Runs and prints; exits with 1 if something was found. */
  public static void main(String[] arguments) throws Exception {
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    Result result = run(seed, Integer.parseInt(arguments[0]));
    System.out.printf("seed %d: %s%n", seed, result);
    System.exit(result.findings().isEmpty() ? 0 : 1);
  }

  static Result run(long seed, int documents) throws IOException {
    JsonFuzz fuzz = new JsonFuzz(seed);
    Process other =
        new ProcessBuilder("node", "canonical.mjs")
            .directory(SCRIPTS.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedWriter out = other.outputWriter(StandardCharsets.UTF_8);
        BufferedReader in = other.inputReader(StandardCharsets.UTF_8)) {
      for (int done = 0; done < documents; done += BATCH) {
        fuzz.batch(Math.min(BATCH, documents - done), out, in);
      }
    }
    return new Result(2 * documents, fuzz.taken, fuzz.findings);
  }

  private void batch(int size, BufferedWriter out, BufferedReader in) throws IOException {
    List<String> documents = new ArrayList<>();
    List<byte[]> ours = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String document = random.document();
      byte[] canonical = canonical(document.getBytes(StandardCharsets.UTF_8));
      canonical(random.broken(document.getBytes(StandardCharsets.UTF_8)));
      if (canonical != null) {
        documents.add(document);
        ours.add(canonical);
        out.write(document.replace('\r', ' '));
        out.write('\n');
      }
    }
    out.flush();
    for (int i = 0; i < documents.size(); i++) {
      compare(documents.get(i), ours.get(i), JSON.readValue(in.readLine(), String.class));
    }
    taken += documents.size();
  }

  /** The canonical bytes of what passes the gate; null for what it refuses in its own way. */
  private byte @org.jspecify.annotations.Nullable [] canonical(byte[] bytes) {
    try {
      JsonNode read = StrictJson.read(bytes, MAX_BYTES);
      return CanonicalJson.bytes(read);
    } catch (MalformedJson refused) {
      return null;
    } catch (RuntimeException crash) {
      findings.add("crash: " + crash + " at " + new String(bytes, StandardCharsets.UTF_8));
      return null;
    }
  }

  private void compare(String document, byte[] ours, String theirs) {
    String text = new String(ours, StandardCharsets.UTF_8);
    if (!text.equals(theirs)) {
      findings.add("difference: " + document + " is " + text + " here, " + theirs + " there");
    }
    String digest = CanonicalJson.sha256Hex(ours);
    String before = byDigest.putIfAbsent(digest, theirs);
    if (before != null && !before.equals(theirs)) {
      findings.add("collision: " + before + " and " + theirs);
    }
  }
}
