package io.countersign.handback;

import com.nimbusds.jose.util.Base64URL;
import io.countersign.shared.Ed25519PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys, for anyone who verifies what we signed. */
@RestController
class PublishedKeys {

  /** Short, so that a new key is known to receivers before it is used for long. */
  private static final Duration CACHED = Duration.ofMinutes(5);

  private final Map<String, Object> keySet;

  PublishedKeys(SigningKeys keys) {
    this.keySet =
        Map.of(
            "keys",
            Arrays.stream(KeyPurpose.values())
                .flatMap(purpose -> keys.published(purpose).stream().map(key -> jwk(key, purpose)))
                .toList());
  }

  /** JOSE libraries ignore members they do not know, so the purpose is told beside the key. */
  private static Map<String, Object> jwk(Ed25519PublicKey key, KeyPurpose purpose) {
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kty", "OKP");
    jwk.put("crv", "Ed25519");
    jwk.put("x", Base64URL.encode(key.bytes()).toString());
    jwk.put("kid", key.kid());
    jwk.put("use", "sig");
    jwk.put("alg", "EdDSA");
    jwk.put("countersign:purpose", purpose.label());
    return jwk;
  }

  @GetMapping(path = "/.well-known/jwks.json", produces = "application/json")
  ResponseEntity<Map<String, Object>> keySet() {
    return ResponseEntity.ok().cacheControl(CacheControl.maxAge(CACHED).cachePublic()).body(keySet);
  }
}
