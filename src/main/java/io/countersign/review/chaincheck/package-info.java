/**
 * Reads chains as graphs and refuses those that could betray the one who drew them; needs no
 * engine, only the models.
 */
@NullMarked
package io.countersign.review.chaincheck;

import org.jspecify.annotations.NullMarked;
