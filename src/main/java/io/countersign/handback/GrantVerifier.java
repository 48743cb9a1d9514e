package io.countersign.handback;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Ed25519PublicKey;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells grants that we signed from everything else, whatever it says of itself. */
@Component
class GrantVerifier {

  private static final int LONGEST = 8 * 1024;

  private final SigningKeys keys;
  private final PublicUrl issuer;

  GrantVerifier(SigningKeys keys, PublicUrl issuer) {
    this.keys = keys;
    this.issuer = issuer;
  }

  /**
   * What a grant says. Whether it is over is not looked at here.
   *
   * @throws Problem if we did not sign it as a grant
   */
  GrantClaims verify(String grant) {
    if (grant.length() > LONGEST) {
      throw invalid("expected a grant of at most " + LONGEST + " characters");
    }
    try {
      JWSObject jws = JWSObject.parse(grant);
      requireOurs(jws);
      return claims(Objects.requireNonNull(jws.getPayload().toJSONObject()));
    } catch (ParseException | IllegalArgumentException | NullPointerException e) {
      throw invalid("expected a compact JWS as the agent was given it");
    }
  }

  private void requireOurs(JWSObject jws) {
    JWSHeader header = jws.getHeader();
    if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm())
        || header.getType() == null
        || !Grants.TYPE.equals(header.getType().getType())
        || header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
      throw invalid("expected the header of a grant: alg EdDSA, typ " + Grants.TYPE);
    }
    List<Ed25519PublicKey> named =
        keys.published(KeyPurpose.GRANTS).stream()
            .filter(key -> key.kid().equals(header.getKeyID()))
            .toList();
    byte[] signature = jws.getSignature().decode();
    if (named.stream().noneMatch(key -> key.verifies(jws.getSigningInput(), signature))) {
      throw invalid("its signature is not one of ours");
    }
  }

  private GrantClaims claims(Map<String, Object> claims) {
    if (!issuer.value().equals(claims.get("iss"))) {
      throw invalid("it comes from another installation");
    }
    return new GrantClaims(
        text(claims, "aud"),
        UUID.fromString(text(claims, "jti")),
        RequestId.of(text(claims, "request")),
        new ActionDigest(text(claims, "action_digest")),
        Instant.ofEpochSecond(((Number) Objects.requireNonNull(claims.get("exp"))).longValue()));
  }

  private static String text(Map<String, Object> claims, String name) {
    return Objects.requireNonNull(claims.get(name)).toString();
  }

  private static Problem invalid(String why) {
    return new Problem(ProblemType.GRANT_INVALID, "/grant", why);
  }
}
