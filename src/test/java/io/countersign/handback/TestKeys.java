package io.countersign.handback;

import io.countersign.sealing.TestSealing;
import java.util.HashMap;
import java.util.Map;
import org.springframework.mock.env.MockEnvironment;

/** Fresh keys, as an operator would hand them over in the environment. */
final class TestKeys {

  private TestKeys() {}

  static Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    for (KeyPurpose purpose : KeyPurpose.values()) {
      try {
        properties.put("countersign.key." + purpose.label(), Ed25519KeyTest.randomPem());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    properties.put("countersign.key.sealing", TestSealing.masterKey());
    return properties;
  }

  static SigningKeys signingKeys() {
    MockEnvironment environment = new MockEnvironment();
    properties().forEach((name, value) -> environment.setProperty(name, value.toString()));
    return new SigningKeys(environment);
  }
}
