package io.countersign.handback;

import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import java.time.Instant;
import java.util.UUID;

/**
 * What a grant says, once its signature was found good.
 *
 * @param audience the client that may carry the action out
 * @param id its one use is counted under this
 * @param end from then on it is void
 */
record GrantClaims(
    String audience, UUID id, RequestId request, ActionDigest actionDigest, Instant end) {}
