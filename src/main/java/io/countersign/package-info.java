/** The start of the application, and what it refuses to start with. */
@NullMarked
package io.countersign;

import org.jspecify.annotations.NullMarked;
