/** The command line: HTTP and {@code audit.merkle} only. */
@ApplicationModule(allowedDependencies = {"audit :: merkle"})
@NullMarked
package io.countersign.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
