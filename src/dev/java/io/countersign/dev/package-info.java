/** Real PostgreSQL and real Keycloak for the quick start and the tests; never in the deployable. */
@NullMarked
package io.countersign.dev;

import org.jspecify.annotations.NullMarked;
