/** The agents' doors: thin, everything is decided elsewhere. */
@ApplicationModule(
    allowedDependencies = {"shared", "request", "policy", "identity", "handback", "review"})
@NullMarked
package io.countersign.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
