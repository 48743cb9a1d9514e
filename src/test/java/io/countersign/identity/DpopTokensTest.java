package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.shared.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationToken;

/**
 * Spring Security also takes tokens of the scheme DPoP wherever it takes bearer tokens, cannot be
 * told not to, and lets a proof count twice (CVE-2026-41707).
 */
class DpopTokensTest {

  @Test
  void neverSignInEvenIfTheTokenIsGood() {
    var agent =
        new Caller(
            "0b7d",
            "billing-agent",
            Caller.Kind.CLIENT,
            Set.of(Role.AGENT),
            Optional.of("rita"),
            SignIn.justNow(Instant.EPOCH));
    var springs = new DPoPAuthenticationProvider(token -> CallerToken.bearer(agent));
    var request =
        new DPoPAuthenticationToken(
            "token", "proof", "POST", "https://approve.example/api/v1/plans");

    assertThatThrownBy(() -> springs.authenticate(request))
        .isInstanceOf(OAuth2AuthenticationException.class)
        .hasMessageContaining("Unable to authenticate the DPoP-bound access token");
  }
}
