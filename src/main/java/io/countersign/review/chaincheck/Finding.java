package io.countersign.review.chaincheck;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a chain is refused.
 *
 * @param rule the rule's name, the same in the lint where the lint has it too
 * @param file the model
 * @param process the process in it, empty where the model cannot be read
 * @param path the elements a token passes, from the start to the one at fault
 * @param sentence what is wrong there
 */
public record Finding(String rule, String file, String process, List<Step> path, String sentence) {

  /** Takes a copy of the path. */
  public Finding {
    path = List.copyOf(path);
  }

  /**
   * One element of a path.
   *
   * @param process the process that holds it: paths lead into called processes
   * @param name what the designer called it, empty if nothing
   */
  public record Step(String process, String id, String name) {

    @Override
    public String toString() {
      return name.isEmpty() ? id : id + " \"" + name + "\"";
    }
  }

  /** The ids of the path's elements. */
  public List<String> elements() {
    return path.stream().map(Step::id).toList();
  }

  /** The file, the rule, what is wrong, and the path: one element a line. */
  public String text() {
    String steps =
        path.stream()
            .map(
                step ->
                    "\n    " + (step.process().equals(process) ? "" : step.process() + ": ") + step)
            .collect(Collectors.joining());
    return file + ": " + rule + ": " + sentence + steps;
  }

  boolean isAbout(Finding other) {
    return rule.equals(other.rule)
        && sentence.equals(other.sentence)
        && last().equals(other.last());
  }

  private List<Step> last() {
    return path.isEmpty() ? path : path.subList(path.size() - 1, path.size());
  }
}
