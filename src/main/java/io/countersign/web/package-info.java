/** The people's doors: thin, everything is decided elsewhere. */
@ApplicationModule(
    allowedDependencies = {"shared", "request", "identity", "review", "audit", "notification"})
@NullMarked
package io.countersign.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
