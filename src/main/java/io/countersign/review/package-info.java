/** Chains, stages, clocks and decisions; the business module that knows the engine. */
@ApplicationModule(
    allowedDependencies = {
      "shared",
      "sealing",
      "engine",
      "request",
      "policy",
      "identity",
      "audit",
      "handback",
      "notification"
    })
@NullMarked
package io.countersign.review;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
