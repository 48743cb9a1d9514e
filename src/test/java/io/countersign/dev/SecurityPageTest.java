package io.countersign.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on threats promises tests; they exist. */
class SecurityPageTest {

  private static final Pattern NAME = Pattern.compile("`(\\w+(?:IT|Test))`");

  @Test
  void namesTestsThatExist() throws IOException {
    List<String> named =
        NAME.matcher(Files.readString(Path.of("docs", "security.md")))
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList();

    assertThat(named).hasSizeGreaterThan(30);
    assertThat(tests()).containsAll(named);
  }

  @Test
  void tellsOfThirtyThreats() throws IOException {
    List<String> numbers =
        Pattern.compile("(?m)^\\| (\\d+) \\|")
            .matcher(Files.readString(Path.of("docs", "security.md")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();

    assertThat(numbers)
        .isEqualTo(Stream.iterate(1, n -> n + 1).limit(30).map(String::valueOf).toList());
  }

  private static Set<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }
}
