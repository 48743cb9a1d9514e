/** Telling people by webhook. */
@NullMarked
package io.countersign.notification.webhook;

import org.jspecify.annotations.NullMarked;
