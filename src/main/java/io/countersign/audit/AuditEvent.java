package io.countersign.audit;

import io.countersign.shared.RequestId;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened and must stay known.
 *
 * @param type a past participle with its noun, for example {@code request.proposed}
 * @param request the request it belongs to
 * @param actor who did it: {@code agent:<client>}, {@code reviewer:<client>}, {@code
 *     person:<subject>} or {@code system}
 * @param facts digests, references and enums; never the agent's prose, credentials or personal
 *     data. An {@link io.countersign.shared.ActionDigest} is committed to with the request's salt:
 *     whoever guesses the content cannot find out from the log
 */
public record AuditEvent(
    String type, Optional<RequestId> request, String actor, Map<String, Object> facts) {

  /** Something that happened to a request. */
  public static AuditEvent of(
      String type, RequestId request, String actor, Map<String, Object> facts) {
    return new AuditEvent(type, Optional.of(request), actor, facts);
  }
}
