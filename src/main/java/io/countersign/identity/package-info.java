/** Who is calling and what they may do; the only place that knows Keycloak. */
@ApplicationModule(allowedDependencies = {"shared"})
@NullMarked
package io.countersign.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
