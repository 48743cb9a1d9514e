/** The plugin that shows managers what was decided. */
@ApplicationModule(allowedDependencies = {"shared", "request", "audit", "identity"})
@NullMarked
package io.countersign.cockpit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
