/** The engine's configuration and hardening, and the checks that the review module must supply. */
@ApplicationModule(allowedDependencies = {"shared"})
@NullMarked
package io.countersign.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
