package io.countersign.cli;

import io.countersign.audit.merkle.Checkpoint;
import io.countersign.audit.merkle.CheckpointFile;
import io.countersign.audit.merkle.LogCheck;
import io.countersign.audit.merkle.LogSource;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.VerifierKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code audit verify} and {@code audit mirror}: the log checked without its server. */
public final class AuditCommand {

  private static final String USAGE =
      """
      audit verify <directory|url> --key <vkey> [--last <checkpoint file>] [--witness <vkey>]...
      audit mirror <url> <directory>

      A url is that of the log, for example https://approve.example/api/v1/audit. Its entries need
      the access token of an auditor: --token <token>, or COUNTERSIGN_TOKEN in the environment.
      Ends with 0 if all is well, 1 if something is wrong with the log, 2 if it could not be read.\
      """;

  private static final int SOUND = 0;
  private static final int UNSOUND = 1;
  private static final int UNREADABLE = 2;

  private AuditCommand() {}

  /** Runs the command that the arguments name, and ends with its code. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out));
  }

  static int run(List<String> given, PrintStream out) {
    try {
      String command = given.isEmpty() ? "" : given.get(0);
      List<String> rest = given.isEmpty() ? given : given.subList(1, given.size());
      return switch (command) {
        case "verify" -> verify(rest, out);
        case "mirror" -> mirror(rest, out);
        default -> {
          out.println(USAGE);
          yield UNREADABLE;
        }
      };
    } catch (Mirror.SetBack e) {
      out.println(e.getMessage());
      return UNSOUND;
    } catch (IllegalArgumentException | IOException e) {
      out.println(e.getMessage());
      return UNREADABLE;
    }
  }

  private static int verify(List<String> given, PrintStream out) throws IOException {
    Arguments arguments = Arguments.parse(given, Set.of("--key", "--last", "--witness", "--token"));
    VerifierKey key = VerifierKey.parse(arguments.required("--key"));
    List<VerifierKey> witnesses =
        arguments.all("--witness").stream().map(VerifierKey::parse).toList();
    LogCheck check = new LogCheck(source(place(arguments, 1, 0), arguments), key);
    LogCheck.Report report = check.run(last(arguments), witnesses);
    report.findings().forEach(out::println);
    report.checkpoint().ifPresent(signed -> tell(signed, witnesses, report.isSound(), out));
    return report.isSound() ? SOUND : UNSOUND;
  }

  private static void tell(
      SignedCheckpoint signed, List<VerifierKey> witnesses, boolean sound, PrintStream out) {
    Checkpoint checkpoint = signed.checkpoint();
    out.println(
        checkpoint.origin() + ": " + checkpoint.size() + " entries, root " + checkpoint.root());
    for (VerifierKey witness : witnesses) {
      signed
          .cosignature(witness)
          .ifPresent(it -> out.println("signed by " + witness.name() + " at " + it.at()));
    }
    out.println(sound ? "every entry is the one that was logged" : "NOT sound");
  }

  private static Optional<SignedCheckpoint> last(Arguments arguments) throws IOException {
    Optional<String> file = arguments.one("--last");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Optional<SignedCheckpoint> last = new CheckpointFile(Path.of(file.get())).read();
    if (last.isEmpty()) {
      throw new IOException("expected a checkpoint in " + file.get() + ", found no file");
    }
    return last;
  }

  private static int mirror(List<String> given, PrintStream out) throws IOException {
    Arguments arguments = Arguments.parse(given, Set.of("--token"));
    LogSource source = source(place(arguments, 2, 0), arguments);
    long size = new Mirror(source, Path.of(place(arguments, 2, 1))).copy();
    out.println(size + " entries; nothing of it is verified yet");
    return SOUND;
  }

  private static String place(Arguments arguments, int expected, int position) {
    if (arguments.plain().size() != expected) {
      throw new IllegalArgumentException(USAGE);
    }
    return arguments.plain().get(position);
  }

  private static LogSource source(String place, Arguments arguments) {
    return place.matches("https?://.*")
        ? new HttpLog(place, token(arguments))
        : new DirectoryLog(Path.of(place));
  }

  private static Optional<String> token(Arguments arguments) {
    return arguments
        .one("--token")
        .or(() -> Optional.ofNullable(System.getenv("COUNTERSIGN_TOKEN")));
  }
}
