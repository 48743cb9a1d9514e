@NullMarked
package io.countersign.identity;

import org.jspecify.annotations.NullMarked;
