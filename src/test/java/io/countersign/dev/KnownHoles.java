package io.countersign.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is said of the known holes of our libraries, on the page and for machines. */
public record KnownHoles(Set<Hole> holes, Set<String> unusedTypes, Set<String> absentLibraries) {

  private static final Path PAGE = Path.of("docs", "known-holes.md");
  private static final Path FOR_MACHINES = Path.of("docs", "known-holes.openvex.json");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\[CVE-.*) \\|$");
  private static final Pattern CVE = Pattern.compile("\\[(CVE-\\d+-\\d+)]");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern UNUSED = Pattern.compile("Unused: ((?:`\\w+`(?:, )?)+)");
  private static final Pattern ABSENT = Pattern.compile("Absent: ((?:`[\\w-]+`(?:, )?)+)");
  private static final Pattern MAVEN = Pattern.compile("pkg:maven/([^/]+)/([^@]+)@(.+)");

  /**
   * One hole in one library.
   *
   * @param fixed whether our version is repaired
   */
  public record Hole(String cve, String library, String version, boolean fixed) {}

  /** The page. Rows without a column for tests are those that a newer version has closed. */
  public static KnownHoles onThePage() throws IOException {
    Set<Hole> holes = new TreeSet<>(KnownHoles::byNumber);
    Set<String> unused = new TreeSet<>();
    Set<String> absent = new TreeSet<>();
    Matcher rows = ROW.matcher(Files.readString(PAGE));
    while (rows.find()) {
      String[] cells = rows.group(1).split(" \\| ", -1);
      boolean fixed = cells.length == 5;
      for (String cve : all(CVE, cells[0])) {
        holes.add(new Hole(cve, all(QUOTED, cells[1]).get(0), cells[2], fixed));
      }
      all(UNUSED, cells[4]).forEach(names -> unused.addAll(all(QUOTED, names)));
      all(ABSENT, cells[4]).forEach(names -> absent.addAll(all(QUOTED, names)));
    }
    return new KnownHoles(holes, unused, absent);
  }

  /** The statements for machines. */
  static List<JsonNode> statements() throws IOException {
    List<JsonNode> statements = new ArrayList<>();
    new ObjectMapper().readTree(FOR_MACHINES.toFile()).get("statements").forEach(statements::add);
    return statements;
  }

  /** What a statement for machines says. */
  static Hole hole(JsonNode statement) {
    Matcher library = library(statement);
    return new Hole(
        statement.at("/vulnerability/name").asText(),
        library.group(2),
        library.group(3),
        statement.get("status").asText().equals("fixed"));
  }

  /** The libraries that the statements are about, as package URLs. */
  public static Set<String> libraries() throws IOException {
    return statements().stream()
        .map(statement -> library(statement).group())
        .collect(Collectors.toSet());
  }

  /** What is said to contain them, as package URLs: us. */
  public static Set<String> products() throws IOException {
    return statements().stream()
        .map(statement -> statement.at("/products/0/@id").asText())
        .collect(Collectors.toSet());
  }

  private static Matcher library(JsonNode statement) {
    Matcher library = MAVEN.matcher(statement.at("/products/0/subcomponents/0/@id").asText());
    if (!library.matches()) {
      throw new AssertionError("No library: " + statement);
    }
    return library;
  }

  private static int byNumber(Hole one, Hole other) {
    return one.toString().compareTo(other.toString());
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }
}
