/** What every test over HTTP starts from: the whole application on real parts. */
@NullMarked
package io.countersign.testing;

import org.jspecify.annotations.NullMarked;
