/** What operators start, tried as they start it. */
@NullMarked
package io.countersign.packaging;

import org.jspecify.annotations.NullMarked;
