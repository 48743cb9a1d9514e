package io.countersign.handback;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Decision;
import io.countersign.request.Proposal;
import io.countersign.request.Stage;
import io.countersign.request.Vote;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.json.CanonicalJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final SigningKeys keys = TestKeys.signingKeys();
  private final Grants grants = new Grants(keys, new PublicUrl("https://countersign.example"));
  private final Proposal proposal = TestRequests.proposal(TestRequests.body());

  @Test
  void bindsTheExecutorToTheEditedActionThatWasApproved() throws Exception {
    ApprovalRequest request = TestRequests.request(proposal, Route.HUMAN_REVIEW, NOW);
    ActionDigest edited = CanonicalJson.digest("process_refund", TestRequests.parameters("200.00"));
    decide(request, Decision.EDIT, edited);

    JWSObject grant = JWSObject.parse(issue(request, "200.00", NOW));

    assertThat(grant.getHeader().getAlgorithm().getName()).isEqualTo("EdDSA");
    assertThat(grant.getHeader().getType().getType()).isEqualTo("countersign-grant+jwt");
    assertThat(grant.getHeader().getKeyID()).isEqualTo(keys.kid(KeyPurpose.GRANTS));
    assertThat(grant.getPayload().toJSONObject())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("iss", "https://countersign.example"),
                Map.entry("aud", "action-executor"),
                Map.entry("sub", "billing-agent"),
                Map.entry("jti", request.grantId().orElseThrow().toString()),
                Map.entry("iat", NOW.getEpochSecond()),
                Map.entry("exp", NOW.plusSeconds(300).getEpochSecond()),
                Map.entry("request", request.id().toString()),
                Map.entry("action", "process_refund"),
                Map.entry("action_digest", edited.value()),
                Map.entry(
                    "parameters_digest", CanonicalJson.digest(TestRequests.parameters("200.00"))),
                Map.entry("outcome", "approved_with_edits"),
                Map.entry("approvers", List.of("rita")),
                Map.entry("policy_version", "policy-1"),
                Map.entry("chain", "approve-action:7")));
  }

  @Test
  void signsAnewEachTimeWithTheSameIdAndFiveMinutesToLive() throws Exception {
    ApprovalRequest request = TestRequests.request(proposal, Route.AUTO_APPROVE, NOW);

    Map<String, Object> first =
        JWSObject.parse(issue(request, "240.00", NOW)).getPayload().toJSONObject();
    Map<String, Object> later =
        JWSObject.parse(issue(request, "240.00", NOW.plusSeconds(3600)))
            .getPayload()
            .toJSONObject();

    assertThat(later.get("jti")).isEqualTo(first.get("jti"));
    assertThat(later.get("exp")).isEqualTo(NOW.plusSeconds(3900).getEpochSecond());
    assertThat(first.get("approvers")).isEqualTo(List.of());
  }

  @Test
  void issuesNothingForWhatIsNotApproved() {
    ApprovalRequest open = TestRequests.request(proposal, Route.HUMAN_REVIEW, NOW);
    ApprovalRequest blocked = TestRequests.request(proposal, Route.BLOCK, NOW);
    ApprovalRequest rejected = TestRequests.request(proposal, Route.HUMAN_REVIEW, NOW);
    decide(rejected, Decision.REJECT, rejected.actionDigest());
    ApprovalRequest expired = TestRequests.request(proposal, Route.HUMAN_REVIEW, NOW);
    expired.openStage("review", "instance-" + java.util.UUID.randomUUID(), NOW).expire(NOW);
    expired.conclude(NOW);

    for (ApprovalRequest request : List.of(open, blocked, rejected, expired)) {
      assertThat(grants.issue(request, TestRequests.parameters("240.00"), NOW))
          .as(request.status().wire())
          .isEmpty();
    }
  }

  @Test
  void takesAPublicUrlWithOrWithoutItsLastSlash() {
    assertThat(PublicUrl.of("https://c.example/")).isEqualTo(PublicUrl.of("https://c.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "c.example", "ftp://c.example", "https://c.example?x=1", "https:///", "::"})
  void refusesTheStartWithoutAPublicUrl(String setting) {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> PublicUrl.of(setting))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("countersign.public-url: expected ");
  }

  @Test
  void endsWithTheTimeInWhichItMayBeRedeemed() throws Exception {
    ApprovalRequest request = TestRequests.request(proposal, Route.AUTO_APPROVE, NOW);
    Instant late = NOW.plus(Duration.ofHours(24)).minusSeconds(60);

    Map<String, Object> last =
        JWSObject.parse(issue(request, "240.00", late)).getPayload().toJSONObject();

    assertThat(last.get("exp")).isEqualTo(late.plusSeconds(60).getEpochSecond());
  }

  private String issue(ApprovalRequest request, String amount, Instant now) {
    return grants.issue(request, TestRequests.parameters(amount), now).orElseThrow();
  }

  static void decide(ApprovalRequest request, Decision decision, ActionDigest digest) {
    Stage stage = request.openStage("review", "instance-" + java.util.UUID.randomUUID(), NOW);
    stage.decide(
        new Vote.Voter("sub-1", "rita", Role.REVIEWER),
        Vote.Ballot.of(decision, digest, "why"),
        NOW);
    request.concludesOn(7);
    request.conclude(NOW);
  }
}
