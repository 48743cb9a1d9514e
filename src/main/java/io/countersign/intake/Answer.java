package io.countersign.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.countersign.request.RequestView;
import io.countersign.review.Presentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as one caller may see it.
 *
 * @param request what everybody sees
 * @param presentation what people see on top, drawn from typed parameters and the manifest
 * @param mayDecide the names of the stages that wait for this person; absent for agents
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(
    @JsonUnwrapped RequestView request,
    @JsonUnwrapped @Nullable Presentation presentation,
    @Nullable List<String> mayDecide,
    Links links) {

  /** Where to go on; links carry no authority. */
  record Links(String self, String review) {}
}
