package io.countersign.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterChangeTest {

  private final ObjectMapper mapper = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1}         | {\"a\":1}         | ``",
        "{\"a\":\"240.00\"} | {\"a\":\"200.00\"} | replace /a \"200.00\"",
        "{\"a\":1}         | {}              | remove /a null",
        "{}              | {\"a\":[1]}       | add /a [1]",
        "{\"a\":{\"b\":1}}   | {\"a\":{\"b\":2}}   | replace /a/b 2",
        "{\"a\":[1,2]}     | {\"a\":[1,3]}     | replace /a [1,3]",
        "{\"a/b~\":1}      | {\"a/b~\":2}      | replace /a~1b~0 2",
      })
  void tellsWhatChanged(String proposed, String decided, String expected) throws Exception {
    JsonNode from = mapper.readTree(proposed);
    JsonNode to = mapper.readTree(decided);

    String found =
        ParameterChange.between(from, to).stream()
            .map(change -> change.op() + " " + change.path() + " " + change.value())
            .collect(Collectors.joining(", "));

    assertThat(found).isEqualTo(expected);
  }
}
