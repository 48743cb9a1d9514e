/** The routing table, evaluated outside the engine: no history, no deployment, no process. */
@NullMarked
package io.countersign.policy.dmn;

import org.jspecify.annotations.NullMarked;
