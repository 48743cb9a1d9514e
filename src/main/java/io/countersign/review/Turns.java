package io.countersign.review;

import io.countersign.identity.Caller;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Stage;
import io.countersign.review.DecisionRules.Attempt;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whose turn it is: which stages of a request wait for one person. */
@Component
public class Turns {

  private final Clock clock;

  Turns(Clock clock) {
    this.clock = clock;
  }

  /**
   * The names of the stages that the caller may decide now, because they hold them or nobody does.
   * Of several seats of one stage it is one, theirs first.
   */
  public List<String> of(Caller caller, ApprovalRequest request, Optional<String> onBehalfOf) {
    return onePerPart(
            request.stages().stream()
                .filter(stage -> stage.assignee().filter(it -> !it.equals(caller.name())).isEmpty())
                .filter(stage -> mayDecide(caller, stage, onBehalfOf))
                .sorted(Comparator.comparing(stage -> stage.assignee().isEmpty()))
                .toList())
        .stream()
        .map(Stage::name)
        .toList();
  }

  private boolean mayDecide(Caller caller, Stage stage, Optional<String> onBehalfOf) {
    FourEyes fourEyes = Requesters.of(stage.request(), onBehalfOf);
    return stage.status().isOpen()
        && DecisionRules.wouldAllow(new Attempt(caller, stage, fourEyes, clock.instant()));
  }

  private static Collection<Stage> onePerPart(List<Stage> seats) {
    Map<String, Stage> parts = new LinkedHashMap<>();
    seats.forEach(seat -> parts.putIfAbsent(seat.part(), seat));
    return parts.values();
  }
}
