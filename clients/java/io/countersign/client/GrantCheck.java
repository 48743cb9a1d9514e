package io.countersign.client;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * For executors: says whether a grant of Countersign permits exactly what they are about to do, with
 * the published keys alone.
 *
 * <p>It does not say whether the grant was used before or called back a minute ago: that takes {@code
 * POST /api/v1/grants/redeem}, and whatever is severe and irreversible has to take it. One file to
 * copy; it needs a JDK from 17 on, {@code com.nimbusds:nimbus-jose-jwt} and {@code
 * io.github.erdtman:java-json-canonicalization}.
 */
public final class GrantCheck {

  private static final String TYPE = "countersign-grant+jwt";

  private final String issuer;
  private final String executor;
  private final Clock clock;

  /** Why a grant permits nothing. */
  public static final class NotPermitted extends Exception {
    private static final long serialVersionUID = 1;

    NotPermitted(String why) {
      super(why);
    }
  }

  /**
   * A check for one executor.
   *
   * @param issuer the public address of the installation, for example {@code
   *     https://approve.example}
   * @param executor the client id under which this executor is named in the manifest
   */
  public GrantCheck(String issuer, String executor, Clock clock) {
    this.issuer = issuer;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Passes if the grant permits this action with these parameters, to the last byte.
   *
   * @param keys the document at {@code /.well-known/jwks.json}; keep it, and fetch it again for a
   *     key id that it does not have
   * @param parameters JSON text of the parameters that will be acted on
   * @return the grant's id, under which to remember that it was used
   * @throws NotPermitted if not, with the reason
   */
  public String requirePermits(String keys, String grant, String action, String parameters)
      throws NotPermitted {
    try {
      JWTClaimsSet claims = verified(keys, SignedJWT.parse(grant));
      require(issuer.equals(claims.getIssuer()), "it comes from another installation");
      require(List.of(executor).equals(claims.getAudience()), "it is for another executor");
      require(
          claims.getExpirationTime() != null
              && claims.getExpirationTime().toInstant().isAfter(clock.instant()),
          "it is over");
      require(
          digest(action, parameters).equals(claims.getStringClaim("action_digest")),
          "it was given for something else");
      return claims.getJWTID();
    } catch (ParseException | IOException | GeneralSecurityException e) {
      throw new NotPermitted("it cannot be read: " + e.getMessage());
    }
  }

  private static JWTClaimsSet verified(String keys, SignedJWT grant)
      throws NotPermitted, ParseException, GeneralSecurityException {
    JWSHeader header = grant.getHeader();
    require(
        "EdDSA".equals(header.getAlgorithm().getName())
            && header.getType() != null
            && TYPE.equals(header.getType().getType())
            && header.getCriticalParams() == null,
        "its header is not that of a grant");
    OctetKeyPair key = key(keys, header.getKeyID());
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(publicKey(key.getX().decode()));
    signature.update(grant.getSigningInput());
    require(fits(signature, grant.getSignature().decode()), "its signature does not fit");
    return grant.getJWTClaimsSet();
  }

  /** Bytes that are no point of the curve do not fit either. */
  private static boolean fits(Signature signature, byte[] given) {
    try {
      return signature.verify(given);
    } catch (SignatureException e) {
      return false;
    }
  }

  /** A key says what it is for; one for webhooks or the log signs no grants. */
  private static OctetKeyPair key(String keys, String id) throws NotPermitted, ParseException {
    for (Map<String, Object> key :
        JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(keys), "keys")) {
      if (key.get("kid").equals(id) && "grants".equals(key.get("countersign:purpose"))) {
        return OctetKeyPair.parse(key);
      }
    }
    throw new NotPermitted("its key is not published for grants");
  }

  /** RFC 8032, 5.1.2: little-endian, the highest bit is the sign of x. */
  private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    byte[] reversed = new byte[raw.length];
    for (int i = 0; i < raw.length; i++) {
      reversed[i] = raw[raw.length - 1 - i];
    }
    boolean odd = (reversed[0] & 0x80) != 0;
    reversed[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, reversed));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  /** SHA-256 over the canonical JSON (RFC 8785) of {@code {action, parameters}}. */
  private static String digest(String action, String parameters)
      throws IOException, GeneralSecurityException {
    String named = JSONObjectUtils.toJSONString(Map.of("action", action));
    String whole =
        named.substring(0, named.length() - 1) + ",\"parameters\":" + parameters + "}";
    byte[] canonical = new JsonCanonicalizer(whole).getEncodedUTF8();
    return "sha-256:"
        + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
  }

  private static void require(boolean holds, String why) throws NotPermitted {
    if (!holds) {
      throw new NotPermitted(why);
    }
  }
}
