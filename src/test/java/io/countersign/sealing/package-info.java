@NullMarked
package io.countersign.sealing;

import org.jspecify.annotations.NullMarked;
