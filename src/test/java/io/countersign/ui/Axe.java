package io.countersign.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.StreamSupport;

/** Looks for what people with a screen reader or weak eyes could not use (axe-core). */
public final class Axe {

  private static final String RUN =
      "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
          + ".then(found => JSON.stringify(found.violations.map(each =>"
          + " each.id + ': ' + each.nodes.map(node => node.target + ' ' + node.failureSummary))))";

  private Axe() {}

  /** What is wrong with the page as it is shown now. */
  public static List<String> violations(Page page) {
    page.evaluate(AssetServer.resource("/axe.min.js"));
    JsonNode found = Requests.json((String) page.evaluate(RUN));
    return StreamSupport.stream(found.spliterator(), false).map(JsonNode::asText).toList();
  }
}
