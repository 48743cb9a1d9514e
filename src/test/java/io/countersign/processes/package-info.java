/**
 * The BPMN models run in a real engine on PostgreSQL, with stand-ins for the application's beans.
 */
@NullMarked
package io.countersign.processes;

import org.jspecify.annotations.NullMarked;
