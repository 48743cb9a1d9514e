/** Which libraries stay behind which packages, and classes that try to get past. */
@NullMarked
package io.countersign.fences;

import org.jspecify.annotations.NullMarked;
