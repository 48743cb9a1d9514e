package io.countersign.review.chaincheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.engine.ModelBeans;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The check, the engine and the lint know the same words. */
class VocabularyTest {

  private final Vocabulary shipped = Vocabulary.shipped();

  @Test
  void namesExactlyTheBeansThatModelsCanReach() {
    Set<String> reachable = new TreeSet<>(ModelBeans.NAMES);
    reachable.remove("queryExpressionProbe");

    assertThat(beans()).isEqualTo(reachable);
  }

  @Test
  void namesExactlyWhatTheLintKnows() throws IOException {
    JsonNode lint =
        new ObjectMapper().readTree(Path.of("processes/lint/plugin/known-beans.json").toFile());

    assertThat(texts(lint.get("delegates"))).isEqualTo(new TreeSet<>(shipped.delegates()));
    assertThat(texts(lint.get("calls"))).isEqualTo(methods());
  }

  private Set<String> beans() {
    Set<String> beans = new TreeSet<>(shipped.delegates());
    methods().stream().map(call -> call.split("\\.")[0]).forEach(beans::add);
    return beans;
  }

  private Set<String> methods() {
    return Stream.of(
            shipped.questions(), shipped.collections(), shipped.completions(), shipped.nudges())
        .flatMap(Set::stream)
        .map(call -> call.substring(0, call.indexOf('(')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
