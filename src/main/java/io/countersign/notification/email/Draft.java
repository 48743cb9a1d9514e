package io.countersign.notification.email;

import java.util.Optional;

/**
 * A mail without an address.
 *
 * @param recipient the subject of the person
 * @param id its Message-ID
 * @param about the Message-ID of the first mail of its thread, unless this is it
 */
record Draft(
    String recipient,
    String id,
    Optional<String> about,
    String subject,
    String text,
    String html) {}
