/** The manifest and the routing table: facts in, route and reasons out; pure, no state. */
@ApplicationModule(allowedDependencies = "shared")
@NullMarked
package io.countersign.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
