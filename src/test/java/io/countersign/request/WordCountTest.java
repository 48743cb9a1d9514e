package io.countersign.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class WordCountTest {

  /** 3 in the headline; to, body, list, deep; a@b, two words, 1, 2, true; 4 in the rationale. */
  @Test
  void countsWhatStandsBetweenSpaces() throws Exception {
    JsonNode parameters =
        new ObjectMapper()
            .readTree(
                """
                {"to": "a@b", "body": " two\\n words ", "list": [1, 2, {"deep": true}]}\
                """);

    assertThat(WordCount.of("Mail to somebody", parameters, "This is  the\treason")).isEqualTo(17);
    assertThat(WordCount.of("", new ObjectMapper().createObjectNode(), null)).isZero();
  }
}
