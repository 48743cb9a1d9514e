package io.countersign.review.chaincheck;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The chain check for designers: {@code processes/check} runs it. */
public final class Command {

  private static final Pattern CALLED =
      Pattern.compile("calledElement\\s*=\\s*\"([a-z][a-z0-9-]*)\"");
  private static final String SUFFIX = ".bpmn";

  private final Path shipped;
  private final Map<String, byte[]> models = new LinkedHashMap<>();

  private Command(Path shipped) {
    this.shipped = shipped;
  }

  /**
   * Checks models as one deployment and says why they are refused.
   *
   * @param arguments the folder of the shipped models, then files or folders; what they call and is
   *     not among them is looked for beside them and in that folder
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(Stream.of(arguments).map(Path::of).toList(), out));
  }

  static int run(List<Path> arguments, PrintStream out) {
    Command command = new Command(arguments.get(0));
    try {
      for (Path argument : arguments.subList(1, arguments.size())) {
        command.add(argument);
      }
    } catch (IOException | UncheckedIOException unreadable) {
      out.println(unreadable.getMessage() + ": cannot be read.");
      return 2;
    }
    List<Finding> findings = ChainCheck.findings(command.models);
    findings.forEach(finding -> out.println(finding.text() + "\n"));
    out.println(command.models.size() + " models, " + findings.size() + " refusals");
    return command.models.isEmpty() || !findings.isEmpty() ? 1 : 0;
  }

  private void add(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList()) {
          add(file);
        }
      }
      return;
    }
    byte[] content = Files.readAllBytes(path);
    if (models.putIfAbsent(path.toString(), content) == null) {
      addCalled(path, content);
    }
  }

  private void addCalled(Path caller, byte[] content) throws IOException {
    Matcher called = CALLED.matcher(new String(content, StandardCharsets.UTF_8));
    while (called.find()) {
      String name = called.group(1) + SUFFIX;
      for (Path candidate : List.of(caller.resolveSibling(name), shipped.resolve(name))) {
        if (Files.exists(candidate)
            && models.keySet().stream().noneMatch(known -> Path.of(known).endsWith(name))) {
          add(candidate);
        }
      }
    }
  }
}
