package io.countersign.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.countersign.request.PlanPlace;
import io.countersign.request.RequestView;
import io.countersign.review.Presentation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as one caller may see it.
 *
 * @param request what everybody sees
 * @param place only of a step of a plan
 * @param presentation what people see on top, drawn from typed parameters and the manifest
 * @param mayDecide the names of the stages that wait for this person; absent for agents
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(
    @JsonUnwrapped RequestView request,
    @JsonUnwrapped @Nullable Presentation presentation,
    @Nullable List<String> mayDecide,
    @JsonUnwrapped @Nullable Place place,
    Links links) {

  /** Its place in the plan it came with; {@code planStep} counts from 0. */
  record Place(UUID planId, int planStep) {

    static Place of(PlanPlace place) {
      return new Place(place.plan(), place.step());
    }
  }

  /** Where to go on; links carry no authority. */
  record Links(String self, String review, String proof) {}
}
