/**
 * The verifiable log: Merkle trees as in RFC 6962 and the texts of c2sp.org around them
 * (tlog-tiles, signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-witness).
 *
 * <p>It sees the JDK only, so that whoever verifies has little to trust. What it reads may come
 * from anybody: readers are bounded and refuse with an {@link IllegalArgumentException} that says
 * what was expected.
 */
@NamedInterface("merkle")
@NullMarked
package io.countersign.audit.merkle;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
