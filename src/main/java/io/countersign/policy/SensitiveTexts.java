package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts that people look at before they go anywhere, as patterns of the manifest. The time a search
 * takes grows with the text and the pattern, never faster, whatever an agent writes: the engine
 * does not backtrack, patterns are small, and there is an end to what is searched.
 */
final class SensitiveTexts {

  static final SensitiveTexts NONE = new SensitiveTexts(List.of());

  /** Beside the parameters, which have a limit of their own. */
  static final int MOST_SEARCHED = 512 * 1024;

  static final String TOO_LONG = "too_long_to_search";

  private static final int LARGEST_PATTERN = 250;

  private final List<Rule> rules;

  private SensitiveTexts(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  private record Rule(String name, Pattern pattern, boolean everywhere) {}

  /** Reads the patterns; adds what is wrong with them. */
  static SensitiveTexts read(JsonNode list, Findings findings) {
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(Set.of(TOO_LONG));
    for (int i = 0; i < list.size() && findings.clean("/sensitive"); i++) {
      JsonNode node = list.get(i);
      String pointer = "/sensitive/" + i;
      String name = node.path("name").asText();
      if (!names.add(name)) {
        findings.add(pointer + "/name", "a name that nothing else has, found \"" + name + '"');
      }
      boolean everywhere = node.path("in").asText().equals("all");
      Pattern pattern = pattern(node.path("pattern").asText(), pointer + "/pattern", findings);
      rules.add(new Rule(name, pattern, everywhere));
    }
    return new SensitiveTexts(rules);
  }

  private static Pattern pattern(String text, String pointer, Findings findings) {
    try {
      Pattern pattern = Pattern.compile(text);
      if (pattern.programSize() > LARGEST_PATTERN) {
        findings.add(pointer, "a smaller pattern (fewer and shorter repetitions), found " + text);
      } else if (pattern.matcher("").find()) {
        findings.add(pointer, "a pattern that does not match the empty text, found " + text);
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      findings.add(pointer, "a pattern of RE2 (no look-around, no references), found " + text);
      return Pattern.compile("none");
    }
  }

  /** The words of a routing table that the patterns depend on. */
  List<String> words() {
    return rules.isEmpty() ? List.of() : List.of("sensitive");
  }

  /** The names of what is found, in the order of the manifest; never the text. */
  List<String> in(JsonNode parameters, List<JsonNode> rest) {
    Search search = new Search(rules, Integer.MAX_VALUE);
    search.of(parameters);
    List<Rule> everywhere = rules.stream().filter(Rule::everywhere).toList();
    if (!everywhere.isEmpty()) {
      search.narrow(everywhere, MOST_SEARCHED);
      rest.forEach(search::of);
    }
    List<String> names = new ArrayList<>(rules.stream().map(Rule::name).toList());
    names.add(TOO_LONG);
    names.retainAll(search.found);
    return names;
  }

  private static final class Search {
    private final Set<String> found = new LinkedHashSet<>();
    private List<Rule> rules;
    private long left;

    Search(List<Rule> rules, long left) {
      this.rules = rules;
      this.left = left;
    }

    void narrow(List<Rule> to, long most) {
      rules = to;
      left = most;
    }

    /** Looks into names and values alike; numbers as they are written. */
    void of(JsonNode node) {
      if (left < 0) {
        return;
      }
      if (node.isValueNode()) {
        text(node.asText());
        return;
      }
      node.fieldNames().forEachRemaining(this::text);
      node.forEach(this::of);
    }

    private void text(String text) {
      left -= text.length();
      if (left < 0) {
        found.add(TOO_LONG);
        return;
      }
      for (Rule rule : rules) {
        if (!found.contains(rule.name())) {
          Matcher matcher = rule.pattern().matcher(text);
          if (matcher.find()) {
            found.add(rule.name());
          }
        }
      }
    }
  }
}
