package io.countersign.policy;

import java.util.List;

/**
 * What a reviewer is told of an action, drawn from typed parameters and the manifest alone. Values
 * are plain text that agents wrote: whoever shows them must show them as text.
 *
 * @param headline one line, for example {@code Refund 240.00 EUR for order A-1042}
 * @param consequence what happens for good once it runs
 * @param reasons what people often say when they decide it
 */
public record ReviewerView(
    String headline, String consequence, List<ParameterView> parameters, List<String> reasons) {

  /** Takes copies. */
  public ReviewerView {
    reasons = List.copyOf(reasons);
    parameters = List.copyOf(parameters);
  }
}
