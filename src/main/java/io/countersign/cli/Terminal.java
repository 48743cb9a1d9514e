package io.countersign.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where a person reads and answers. */
record Terminal(PrintStream out, PrintStream error, BufferedReader in) {

  static Terminal ofThisProcess() {
    return new Terminal(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
  }

  /** Whether somebody answers with exactly {@code yes}; silence never does. */
  boolean confirms(String question) {
    error.print(question + " Type yes: ");
    error.flush();
    try {
      return "yes".equals(in.readLine());
    } catch (IOException e) {
      return false;
    }
  }
}
