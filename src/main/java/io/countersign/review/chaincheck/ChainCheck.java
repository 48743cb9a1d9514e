package io.countersign.review.chaincheck;

import io.countersign.review.chaincheck.Models.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads the models of one deployment and says whether they could betray the one who drew them. */
public final class ChainCheck {

  private final Vocabulary vocabulary;
  private final List<Finding> findings = new ArrayList<>();

  private ChainCheck(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Checks models that are deployed together.
   *
   * @param models their contents by name
   * @return why they are refused, each with its path; nothing if they are not
   */
  public static List<Finding> findings(Map<String, byte[]> models) {
    return findings(models, Vocabulary.shipped());
  }

  static List<Finding> findings(Map<String, byte[]> contents, Vocabulary vocabulary) {
    ChainCheck check = new ChainCheck(vocabulary);
    Models models = Models.read(contents);
    check.findings.addAll(models.unreadable());
    models.files().forEach(check::each);
    models.drawings().forEach(drawing -> check.each(models, drawing));
    if (!Calls.goInCircles(models)) {
      check.walk(models);
    }
    return check.distinct();
  }

  private void each(Model model) {
    findings.addAll(Wording.findings(model, vocabulary));
  }

  private void each(Models models, Drawing drawing) {
    boolean isChain = isChain(models, drawing);
    findings.addAll(Shape.findings(drawing));
    findings.addAll(Calls.findings(models, drawing));
    findings.addAll(Ends.findings(drawing, isChain));
    findings.addAll(Ends.errors(drawing, isChain));
    drawing.nodes().stream()
        .filter(node -> node.isUserTask() && !vocabulary.decides(drawing.id(), node.id()))
        .map(
            node ->
                drawing.finding(
                    Rules.KNOWN_DECISIONS,
                    node,
                    "People decide in a review stage only; this task's decision is recorded nowhere."))
        .forEach(findings::add);
  }

  /** Called processes are walked through where they are called. */
  private void walk(Models models) {
    List<Tour> tours = new ArrayList<>();
    for (Drawing drawing : models.drawings()) {
      if (isChain(models, drawing) || !models.isCalled(drawing)) {
        Tour tour = Tour.of(drawing, models, vocabulary);
        tours.add(tour);
        findings.addAll(WalkRules.findings(tour, vocabulary));
        findings.addAll(WalkRules.silentApprovals(Tour.inSilence(drawing, models, vocabulary)));
      }
    }
    findings.addAll(Shape.deadEnds(models, tours));
  }

  private boolean isChain(Models models, Drawing drawing) {
    return !vocabulary.isBlock(drawing.id()) && (drawing.concludes() || !models.isCalled(drawing));
  }

  /** What several ways lead to is told once, by the shortest. */
  private List<Finding> distinct() {
    List<Finding> distinct = new ArrayList<>();
    findings.stream()
        .sorted(Comparator.comparingInt(finding -> finding.path().size()))
        .filter(finding -> distinct.stream().noneMatch(finding::isAbout))
        .forEach(distinct::add);
    distinct.sort(Comparator.comparing(Finding::file).thenComparing(Finding::rule));
    return List.copyOf(distinct);
  }
}
