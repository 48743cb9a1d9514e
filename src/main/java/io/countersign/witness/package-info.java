/**
 * A witness: another process, best on another machine, that remembers the log it saw last and signs
 * only what goes on from there (c2sp.org/tlog-witness).
 */
@ApplicationModule(allowedDependencies = {"audit :: merkle", "shared"})
@NullMarked
package io.countersign.witness;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
