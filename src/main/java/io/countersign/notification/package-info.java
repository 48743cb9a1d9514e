/** Telling people that something waits for them. */
@ApplicationModule(allowedDependencies = {"shared", "audit", "request", "identity", "delivery"})
@NullMarked
package io.countersign.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
