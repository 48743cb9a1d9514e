/**
 * What agents and people wrote, kept under a key of its own for each request, so that destroying
 * the key erases it: in the database, in the write-ahead log and in backups.
 */
@ApplicationModule(allowedDependencies = {"shared"})
@NullMarked
package io.countersign.sealing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
