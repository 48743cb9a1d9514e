/** How every door says no: problem details (RFC 9457). */
@NullMarked
package io.countersign.shared.problem;

import org.jspecify.annotations.NullMarked;
