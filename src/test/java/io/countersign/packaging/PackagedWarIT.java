package io.countersign.packaging;

import io.countersign.testing.PackagedApplication.Deployable;

class PackagedWarIT extends SmokeTest {

  PackagedWarIT() {
    super(Deployable.WAR);
  }
}
