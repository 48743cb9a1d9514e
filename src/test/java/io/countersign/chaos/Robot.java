package io.countersign.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Somebody who works until there is nothing left or who is told to stop. */
interface Robot {

  /** Works. */
  void work() throws InterruptedException, IOException;

  /** A body that says these things, name and text by turns. */
  static ObjectNode says(String... words) {
    ObjectNode body = new ObjectMapper().createObjectNode();
    for (int i = 0; i < words.length; i += 2) {
      body.put(words[i], words[i + 1]);
    }
    return body;
  }
}
