/** Two nodes under faults, robots that use them meanwhile, and what must be true afterwards. */
@NullMarked
package io.countersign.chaos;

import org.jspecify.annotations.NullMarked;
