package io.countersign.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.List;

/** What a person typed and read. */
final class Typed {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private final Terminal terminal;
  private int code;

  Typed(String answers) {
    terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8),
            new PrintStream(error, true, UTF_8),
            new BufferedReader(new StringReader(answers)));
  }

  Typed run(SessionFile file, DeviceSignIn.Pause pause, String... arguments) {
    code = new CommandLine(terminal, file, pause).run(List.of(arguments));
    return this;
  }

  int code() {
    return code;
  }

  String out() {
    return out.toString(UTF_8);
  }

  String error() {
    return error.toString(UTF_8);
  }
}
