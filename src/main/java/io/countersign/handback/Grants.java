package io.countersign.handback;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import io.countersign.request.ApprovalRequest;
import io.countersign.shared.json.CanonicalJson;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Issues grants: signed permissions to carry out exactly the action that was decided on.
 *
 * <p>A grant is never stored. It is signed anew each time it is asked for, with the same {@code
 * jti} and five minutes to live; single use is the business of redeeming it.
 */
@Component
public class Grants {

  /** The type in the header of every grant. */
  public static final String TYPE = "countersign-grant+jwt";

  private static final Duration LIFE = Duration.ofMinutes(5);

  private final SigningKeys keys;
  private final PublicUrl issuer;

  Grants(SigningKeys keys, PublicUrl issuer) {
    this.keys = keys;
    this.issuer = issuer;
  }

  /**
   * A grant for the requesting agent to carry to the executor; nothing unless the request was
   * approved.
   *
   * @param parameters those that were approved
   * @return a compact JWS, EdDSA with the key published for grants
   */
  public Optional<String> issue(ApprovalRequest request, JsonNode parameters, Instant now) {
    if (!request.holdsApproval() || request.executor().isEmpty()) {
      return Optional.empty();
    }
    JWSObject grant = new JWSObject(header(), new Payload(claims(request, parameters, now)));
    try {
      grant.sign(new Ed25519JwsSigner(keys.key(KeyPurpose.GRANTS)));
    } catch (JOSEException e) {
      throw new AssertionError("the key was proven usable when it was read", e);
    }
    return Optional.of(grant.serialize());
  }

  private JWSHeader header() {
    return new JWSHeader.Builder(JWSAlgorithm.EdDSA)
        .type(new JOSEObjectType(TYPE))
        .keyID(keys.kid(KeyPurpose.GRANTS))
        .build();
  }

  private Map<String, Object> claims(ApprovalRequest request, JsonNode parameters, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer.value());
    claims.put("aud", request.executor().orElseThrow());
    claims.put("sub", request.agent());
    claims.put("jti", request.grantId().orElseThrow().toString());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", end(request, now).getEpochSecond());
    claims.put("request", request.id().toString());
    claims.put("action", request.action());
    claims.put("action_digest", request.decidedDigest().orElseThrow().value());
    claims.put("parameters_digest", CanonicalJson.digest(parameters));
    claims.put("outcome", request.status().wire());
    claims.put("approvers", request.decidedBy());
    claims.put("policy_version", request.policyVersion());
    request
        .chainVersion()
        .ifPresent(version -> claims.put("chain", request.chain().orElseThrow() + ":" + version));
    return claims;
  }

  private static Instant end(ApprovalRequest request, Instant now) {
    Instant soon = now.plus(LIFE);
    return request.grantUntil().filter(soon::isAfter).orElse(soon);
  }
}
