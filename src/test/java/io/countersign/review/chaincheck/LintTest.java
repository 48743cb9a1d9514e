package io.countersign.review.chaincheck;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.review.chaincheck.Sketch.Arrow;
import io.countersign.review.chaincheck.Sketch.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a designer sees in Modeler while drawing is what the check says at the deployment. */
class LintTest {

  private static final long CHAINS = Long.getLong("countersign.test.chains", 300);
  private static final Path LINT = Path.of("processes", "lint");

  /** Rules that look at paths; where the language ends, the lint sees less. */
  private static final Set<String> WALKED =
      Set.of(
          Rules.NO_SILENT_APPROVAL,
          Rules.PERSON_ASKED,
          Rules.ASKS_THE_OUTCOME,
          Rules.CONCLUDED_ONCE,
          Rules.HANDED_BACK,
          Rules.JOINED_BRANCHES,
          Rules.SIDE_PATHS,
          Rules.NO_ORPHAN,
          Rules.STAGE_CLOSED,
          Rules.DEAD_ENDS);

  private static final Pattern FINDING =
      Pattern.compile("(?m)^.*?(sketch-\\d+)\\.bpmn: .* \\(countersign/([\\w-]+)\\)$");

  @TempDir private Path folder;

  @Test
  void saysOfEveryMadeUpChainWhatTheCheckSays() throws IOException, InterruptedException {
    Map<String, Sketch> sketches = new HashMap<>();
    for (long seed : LongStream.range(0, CHAINS).toArray()) {
      String name = "sketch-" + seed;
      sketches.put(name, RandomSketch.of(seed));
      Files.writeString(folder.resolve(name + ".bpmn"), sketches.get(name).bpmn());
    }
    Map<String, Set<String>> linted = lint();

    List<String> disagreed = new ArrayList<>();
    int silent = 0;
    for (String name : sketches.keySet()) {
      Set<String> checked = check(sketches.get(name));
      if (!checked.equals(linted.getOrDefault(name, Set.of()))) {
        disagreed.add(name + ": " + checked + " and by the lint " + linted.get(name));
      }
      silent += checked.contains(Rules.NO_SILENT_APPROVAL) ? 1 : 0;
    }
    assertThat(disagreed).isEmpty();
    assertThat(silent).as("silence approves").isBetween(50, sketches.size() - 50);
  }

  private static Set<String> check(Sketch sketch) {
    byte[] model = sketch.bpmn().getBytes(StandardCharsets.UTF_8);
    return ChainCheck.findings(Map.of("sketch.bpmn", model)).stream()
        .filter(finding -> looksLikeAChain(sketch, finding.process()) || !ofChains(finding))
        .map(Finding::rule)
        .filter(WALKED::contains)
        .collect(toCollection(TreeSet::new));
  }

  private static boolean ofChains(Finding finding) {
    return finding.rule().equals(Rules.CONCLUDED_ONCE)
        || finding.sentence().startsWith("Only a stage is left by an error");
  }

  /**
   * The lint sees one file, so a process that nothing calls and that knows no outcome may be a
   * block.
   */
  private static boolean looksLikeAChain(Sketch sketch, String scope) {
    return sketch.in(scope).stream()
        .anyMatch(
            element ->
                element.kind() == Kind.CONCLUDE
                    || element.kind() == Kind.APPROVED
                    || sketch.from(element.id()).stream().anyMatch(LintTest::asksForAnOutcome)
                    || looksLikeAChain(sketch, element.id())
                    || (element.kind() == Kind.CALL && looksLikeAChain(sketch, element.about())));
  }

  private static boolean asksForAnOutcome(Arrow arrow) {
    return arrow.asks().startsWith("approved");
  }

  /** The rules by which the lint refuses each file of the folder. */
  private Map<String, Set<String>> lint() throws IOException, InterruptedException {
    if (!Files.exists(LINT.resolve("node_modules"))) {
      run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }
    Map<String, Set<String>> rules = new HashMap<>();
    FINDING
        .matcher(run("node", "lint.js", folder.toAbsolutePath().toString()))
        .results()
        .filter(found -> WALKED.contains(found.group(2)))
        .forEach(
            found ->
                rules.computeIfAbsent(found.group(1), any -> new TreeSet<>()).add(found.group(2)));
    return rules;
  }

  /** Its findings are what it prints, so its exit code says nothing more. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(LINT.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
