package io.countersign.notification;

import io.countersign.shared.RequestId;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that people are to be told of.
 *
 * @param stage the review it is about; nothing if it is about the whole request
 * @param attempts how often it was tried in vain
 */
record Notice(long id, RequestId request, Optional<UUID> stage, Saying saying, int attempts) {}
