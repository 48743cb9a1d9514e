/** The record: entries are appended in the transaction of the change they tell of. */
@ApplicationModule(allowedDependencies = {"shared"})
@NullMarked
package io.countersign.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
