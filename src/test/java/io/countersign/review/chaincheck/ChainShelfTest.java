package io.countersign.review.chaincheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains as a sly designer would draw them, each with its trick and its refusal written on it. */
class ChainShelfTest {

  private static final Path SHELF = Path.of("src/test/resources/chains");
  private static final Path BLOCK = SHELF.resolve("review-stage.bpmn");
  private static final Pattern EXPECTED =
      Pattern.compile("<!-- Refused by ([\\w-]+): ([^ ,]+(?:, [^ ,]+)*) -->");

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void accepts(Path chain) throws IOException {
    assertThat(findings(chain)).extracting(Finding::text).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesWithThePath(Path chain) throws IOException {
    Matcher expected = EXPECTED.matcher(Files.readString(chain));
    assertThat(expected.find()).as("%s says what refuses it", chain).isTrue();
    List<String> path = List.of(expected.group(2).split(", "));

    assertThat(findings(chain))
        .as("expected %s at %s", expected.group(1), path)
        .anySatisfy(
            finding -> {
              assertThat(finding.rule()).isEqualTo(expected.group(1));
              assertThat(finding.elements()).isEqualTo(path);
              assertThat(finding.file()).isEqualTo(chain.getFileName().toString());
            });
  }

  @Test
  void hasABadChainForEveryRule() throws IOException {
    StringBuilder shelf = new StringBuilder();
    for (Path chain : refused().toList()) {
      shelf.append(Files.readString(chain));
    }
    Set<String> shown =
        EXPECTED.matcher(shelf).results().map(found -> found.group(1)).collect(Collectors.toSet());

    assertThat(shown).containsExactlyInAnyOrderElementsOf(ruleNames());
  }

  @Test
  void acceptsTheShippedModels() throws IOException {
    Map<String, byte[]> models = new HashMap<>();
    try (Stream<Path> files = Files.list(Path.of("processes"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".bpmn")).toList()) {
        models.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    assertThat(ChainCheck.findings(models)).extracting(Finding::text).isEmpty();
  }

  private static List<String> ruleNames() {
    return Arrays.stream(Rules.class.getDeclaredFields())
        .filter(field -> field.getType() == String.class)
        .map(ChainShelfTest::value)
        .toList();
  }

  private static String value(Field field) {
    try {
      return String.valueOf(field.get(null));
    } catch (IllegalAccessException hidden) {
      throw new AssertionError(hidden);
    }
  }

  private static List<Finding> findings(Path chain) throws IOException {
    String text = Files.readString(chain);
    Map<String, byte[]> models = new HashMap<>();
    models.put(chain.getFileName().toString(), Files.readAllBytes(chain));
    if (!text.contains("<bpmn:process id=\"review-stage\"")) {
      models.put(BLOCK.getFileName().toString(), Files.readAllBytes(BLOCK));
    }
    return ChainCheck.findings(models);
  }

  private static Stream<Path> accepted() throws IOException {
    return chains("accepted");
  }

  private static Stream<Path> refused() throws IOException {
    return chains("refused");
  }

  private static Stream<Path> chains(String shelf) throws IOException {
    try (Stream<Path> files = Files.list(SHELF.resolve(shelf))) {
      return files.sorted().toList().stream();
    }
  }
}
