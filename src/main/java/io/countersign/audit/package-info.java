/**
 * The record: entries are appended in the transaction of the change they tell of, and one sequencer
 * makes a log of them that outsiders can verify.
 */
@ApplicationModule(allowedDependencies = {"shared", "sealing"})
@NullMarked
package io.countersign.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
