/** Telling agents: grants, webhooks, long poll. */
@ApplicationModule(allowedDependencies = {"shared", "audit", "request", "delivery"})
@NullMarked
package io.countersign.handback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
