/** The heart: what an agent proposed, write-once, and what people said of it. */
@ApplicationModule(allowedDependencies = {"shared", "sealing", "audit"})
@NullMarked
package io.countersign.request;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
