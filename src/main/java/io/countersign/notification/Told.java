package io.countersign.notification;

import io.countersign.shared.Channel;
import io.countersign.shared.RequestId;
import java.util.Optional;
import java.util.UUID;

/**
 * What a recipient was told, or is about to be told, about one request.
 *
 * @param recipient the subject of a person, or the name of an endpoint
 * @param turn rises with everything there is to say
 * @param sentTurn the last one that was taken over; nothing while none was
 */
public record Told(
    UUID id,
    RequestId request,
    Channel channel,
    String recipient,
    Saying saying,
    int turn,
    Optional<Integer> sentTurn) {}
