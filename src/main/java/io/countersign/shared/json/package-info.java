/** The one place where untrusted JSON is read and digests are made. */
@NullMarked
package io.countersign.shared.json;

import org.jspecify.annotations.NullMarked;
