package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The manifest's words for reviewers; labels and units by parameter name.
 *
 * @param headlineInMessages whether mails and chats may carry the headline, values and all
 * @param reasons what people often say when they decide it
 */
record ReviewerTexts(
    String headline,
    String consequence,
    boolean headlineInMessages,
    Map<String, String> labels,
    Map<String, String> units,
    List<String> reasons) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

  /** The parameters a headline names. */
  static Set<String> placeholders(String headline) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(headline);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** One pass over the template, so that braces inside a value stay what they are: text. */
  String headline(JsonNode parameters) {
    return PLACEHOLDER
        .matcher(headline)
        .replaceAll(match -> Matcher.quoteReplacement(text(parameters.path(match.group(1)))));
  }

  static String text(JsonNode value) {
    if (value.isMissingNode()) {
      return "(not given)";
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
