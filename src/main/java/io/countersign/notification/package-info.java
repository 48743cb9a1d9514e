/** Telling people: what waits for them, by which channel and when. */
@ApplicationModule(allowedDependencies = {"shared", "audit", "request", "identity", "delivery"})
@NullMarked
package io.countersign.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
