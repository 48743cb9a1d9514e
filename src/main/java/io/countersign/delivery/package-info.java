/** Outbox, sender and address guard: the only way anything leaves the house. */
@ApplicationModule(allowedDependencies = {"shared", "sealing", "audit"})
@NullMarked
package io.countersign.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
