package io.countersign.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.countersign.cli.SessionFile.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The command line for people: what waits for them, and what they say of it. */
public final class CommandLine {

  /** What the first argument can be. */
  public static final Set<String> COMMANDS =
      Set.of(
          "login", "logout", "inbox", "show", "approve", "reject", "ask", "watch", "audit", "help");

  private static final String USAGE =
      """
      countersign login [--server <url>] [--issuer <url>]
      countersign logout
      countersign inbox [--action <name>] [--severity <low|high>] [--held <me|nobody>]
      countersign watch [--action <name>] [--severity <low|high>] [--held <me|nobody>]
      countersign show <id>
      countersign approve <id> [--stage <name>] [--reason <text>] [--yes]
      countersign reject <id> --reason <text> [--stage <name>]
      countersign ask <id> --question <text> [--stage <name>]
      countersign audit verify|mirror …

      With --json, what the server answers, for programs. Ends with 0 if it was done, 1 if the
      server refused it, 2 if the command is wrong, 3 if you have to sign in, 4 if nobody answered,
      5 if you did not confirm.\
      """;

  private static final String SERVER = "http://127.0.0.1:8080";
  private static final String ISSUER = "http://127.0.0.1:8180/realms/countersign";
  private static final Set<String> FILTERS = Set.of("--action", "--severity", "--held");

  /** Other people's letters are escaped: no program downstream has to be careful. */
  private static final ObjectWriter MACHINE =
      Http.JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private final Terminal terminal;
  private final SessionFile file;
  private final DeviceSignIn.Pause pause;
  private final Http http = new Http();

  CommandLine(Terminal terminal, SessionFile file, DeviceSignIn.Pause pause) {
    this.terminal = terminal;
    this.file = file;
    this.pause = pause;
  }

  /** Runs the command that the arguments name, and ends with its code. */
  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    if (!given.isEmpty() && given.get(0).equals("audit")) {
      AuditCommand.main(given.subList(1, given.size()).toArray(String[]::new));
      return;
    }
    CommandLine line =
        new CommandLine(Terminal.ofThisProcess(), SessionFile.ofThisPerson(), CommandLine::waitFor);
    System.exit(line.run(given));
  }

  private static void waitFor(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
    }
  }

  int run(List<String> given) {
    try {
      if (given.isEmpty() || !COMMANDS.contains(given.get(0))) {
        throw new Failure(Exit.USAGE, USAGE);
      }
      run(given.get(0), given.subList(1, given.size()));
      return Exit.DONE.code();
    } catch (Failure e) {
      terminal.error().println(e.getMessage());
      return e.exit().code();
    } catch (IllegalArgumentException e) {
      terminal.error().println(Visible.line(String.valueOf(e.getMessage())));
      return Exit.USAGE.code();
    }
  }

  private void run(String command, List<String> rest) {
    switch (command) {
      case "help" -> terminal.out().println(USAGE);
      case "login" -> login(parsed(rest, 0, Set.of("--server", "--issuer"), Set.of()));
      case "logout" -> {
        parsed(rest, 0, Set.of(), Set.of());
        logout();
      }
      case "inbox" -> inbox(parsed(rest, 0, FILTERS, Set.of("--json")));
      case "watch" -> watch(parsed(rest, 0, FILTERS, Set.of("--json")));
      case "show" -> show(parsed(rest, 1, Set.of(), Set.of("--json")));
      case "approve" ->
          approve(parsed(rest, 1, Set.of("--stage", "--reason"), Set.of("--json", "--yes")));
      case "reject" ->
          say(parsed(rest, 1, Set.of("--stage", "--reason"), Set.of("--json")), command, "reason");
      default ->
          say(
              parsed(rest, 1, Set.of("--stage", "--question"), Set.of("--json")),
              command,
              "question");
    }
  }

  private static Arguments parsed(
      List<String> rest, int plain, Set<String> options, Set<String> flags) {
    Arguments arguments = Arguments.parse(rest, options, flags);
    if (arguments.plain().size() != plain) {
      throw new Failure(Exit.USAGE, USAGE);
    }
    return arguments;
  }

  private void login(Arguments arguments) {
    String server = address(arguments, "--server", "COUNTERSIGN_SERVER", SERVER);
    String issuer = address(arguments, "--issuer", "COUNTERSIGN_ISSUER", ISSUER);
    String token = new DeviceSignIn(Issuer.at(issuer, http), terminal, pause).run();
    file.alone(
        () -> {
          file.write(new Session(server, issuer, token));
          return Exit.DONE;
        });
    terminal.error().println("signed in");
  }

  private static String address(
      Arguments arguments, String option, String variable, String otherwise) {
    String given =
        arguments
            .one(option)
            .or(() -> Optional.ofNullable(System.getenv(variable)))
            .orElse(otherwise);
    return Http.safe(given).toString().replaceAll("/+$", "");
  }

  /** Here it is over in any case; at the issuer, if it can be reached. */
  private void logout() {
    Optional<Session> session = file.read();
    file.delete();
    session.ifPresent(
        it -> {
          Map<String, String> form =
              Map.of(
                  "token",
                  it.refreshToken(),
                  "token_type_hint",
                  "refresh_token",
                  "client_id",
                  Issuer.CLIENT);
          Http.Answer answer = Issuer.at(it.issuer(), http).post("revocation_endpoint", form);
          if (!answer.isGood()) {
            throw new Failure(Exit.UNAVAILABLE, "signed out here; the issuer did not confirm it");
          }
        });
    terminal.error().println("signed out");
  }

  private void inbox(Arguments arguments) {
    JsonNode inbox = new Inbox(server(), filters(arguments)).read();
    terminal.out().println(arguments.has("--json") ? machine(inbox) : Inbox.text(inbox));
  }

  private void watch(Arguments arguments) {
    Server server = server();
    Inbox inbox = new Inbox(server, filters(arguments));
    new Watch(server, inbox, terminal, arguments.has("--json"), pause).run();
  }

  private void show(Arguments arguments) {
    deciding(arguments).show(arguments.plain().get(0));
  }

  private void approve(Arguments arguments) {
    deciding(arguments)
        .approve(
            arguments.plain().get(0),
            arguments.one("--stage"),
            arguments.one("--reason"),
            arguments.has("--yes"));
  }

  private void say(Arguments arguments, String decision, String field) {
    String words = arguments.required("--" + field);
    deciding(arguments)
        .say(arguments.plain().get(0), arguments.one("--stage"), decision, field, words);
  }

  private Deciding deciding(Arguments arguments) {
    return new Deciding(server(), terminal, arguments.has("--json"));
  }

  private Server server() {
    return new Server(http, file);
  }

  private static Map<String, String> filters(Arguments arguments) {
    Map<String, String> filters = new HashMap<>();
    for (String filter : FILTERS) {
      arguments.one(filter).ifPresent(value -> filters.put(filter.substring(2), value));
    }
    return filters;
  }

  /** For programs, in one line of ASCII. */
  static String machine(JsonNode answer) {
    try {
      return MACHINE.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read cannot be written", e);
    }
  }
}
