package io.countersign.audit;

import java.io.IOException;
import java.net.URI;

/** How a witness is reached; whoever sends implements it. */
public interface WitnessCalls {

  /**
   * What a witness answered.
   *
   * @param body not more than was asked for
   */
  record Answer(int status, String body) {}

  /**
   * Checks an address at start.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  URI check(String url);

  /**
   * Posts a text once.
   *
   * @throws IOException if there was no answer, for whatever reason
   */
  Answer post(URI url, byte[] text, int maxAnswerBytes) throws IOException;
}
