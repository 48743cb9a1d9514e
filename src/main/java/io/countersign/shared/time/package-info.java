/** The one place where the wall clock is read. */
@NullMarked
package io.countersign.shared.time;

import org.jspecify.annotations.NullMarked;
