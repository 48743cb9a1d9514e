package io.countersign.handback;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import io.countersign.shared.Ed25519Key;
import java.util.Set;

/** Signs JWS with the JDK's Ed25519; the library's own signer would pull in Tink. */
record Ed25519JwsSigner(Ed25519Key key) implements JWSSigner {

  private static final JCAContext CONTEXT = new JCAContext();

  @Override
  public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
    if (!supportedJWSAlgorithms().contains(header.getAlgorithm())) {
      throw new JOSEException("expected alg EdDSA, found " + header.getAlgorithm());
    }
    return Base64URL.encode(key.sign(signingInput));
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.EdDSA);
  }

  @Override
  public JCAContext getJCAContext() {
    return CONTEXT;
  }
}
