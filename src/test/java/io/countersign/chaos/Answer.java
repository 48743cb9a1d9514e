package io.countersign.chaos;

import com.fasterxml.jackson.databind.JsonNode;

/** What a node said. */
record Answer(int status, JsonNode body) {

  /** The last word of the type of a problem; empty if it is none. */
  String problem() {
    return status < 400 ? "" : body.path("type").asText().replaceAll(".*:", "");
  }

  /** Whether asking again could bring another answer, and must not do harm. */
  boolean isPassing() {
    return status == 401 || status == 429 || status >= 500 || problem().equals("key-in-use");
  }
}
