package io.countersign.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Fallback;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended, as agents and people read it.
 *
 * @param outcome the closed status
 * @param fallback what followed if nobody decided in time
 * @param parameters what may be carried out, final; only once approved
 * @param changes what a person changed, as a JSON patch
 * @param option the id of the option a person chose
 * @param answer what a person answered
 * @param reason the decider's own words
 * @param decidedBy usernames, in order; empty where policy decided
 * @param actionDigest the digest of what was decided on
 * @param grantStatus whether the action may be carried out now
 * @param grant the signed permission; for the requesting agent only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionView(
    Status outcome,
    @Nullable Fallback fallback,
    @Nullable JsonNode parameters,
    List<ParameterChange> changes,
    @Nullable String option,
    @Nullable String answer,
    @Nullable String reason,
    List<String> decidedBy,
    Instant decidedAt,
    @Nullable ActionDigest actionDigest,
    GrantStatus grantStatus,
    @Nullable String grant) {

  /** The same decision with what is true now of its grant. */
  public DecisionView withGrant(GrantStatus state, @Nullable String signed) {
    return new DecisionView(
        outcome,
        fallback,
        parameters,
        changes,
        option,
        answer,
        reason,
        decidedBy,
        decidedAt,
        actionDigest,
        state,
        signed);
  }
}
