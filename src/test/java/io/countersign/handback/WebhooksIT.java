package io.countersign.handback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.delivery.MigratedDatabase;
import io.countersign.delivery.Receiver;
import io.countersign.delivery.Receiver.Received;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Decision;
import io.countersign.request.Proposal;
import io.countersign.request.Vote;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.IllegalTransactionStateException;

@Timeout(180)
class WebhooksIT {

  private static final Path JS = Path.of("src", "test", "js", "webhooks");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ISSUER = "https://countersign.example";

  private final ObjectMapper mapper = new ObjectMapper();
  private final Clock clock = Clock.systemUTC();
  private final MigratedDatabase database = new MigratedDatabase();
  private Receiver receiver;
  private Receiver named;
  private HandbackNode node;

  @BeforeEach
  void start() throws Exception {
    receiver = new Receiver();
    named = new Receiver();
    Map<String, Object> properties = TestKeys.properties();
    String endpoints = "countersign.delivery.endpoints.billing-agent.";
    properties.put(endpoints + "default.url", "http://" + receiver.address() + "/hook");
    properties.put(endpoints + "default.hmac-secret", SECRET);
    properties.put(endpoints + "second.url", "http://" + named.address() + "/other");
    properties.put(
        "countersign.delivery.allowed-addresses", receiver.address() + "," + named.address());
    properties.put("countersign.public-url", ISSUER);
    node = new HandbackNode(database, clock, properties);
  }

  @AfterEach
  void stop() {
    node.close();
    receiver.close();
    named.close();
    database.close();
  }

  @Test
  void tellsTheAgentWhatAPersonDecidedWithTheEditAndTheReasonButNoGrant() throws Exception {
    RequestId id = propose(TestRequests.body(), Route.HUMAN_REVIEW);
    editAndTell(id);

    JsonNode told = mapper.readTree(receiver.next().body());

    assertThat(told.get("type").asText()).isEqualTo("approval.decided");
    assertThat(told.get("timestamp").asText()).matches("20.*Z");
    JsonNode data = told.get("data");
    assertThat(data.get("requestId").asText()).isEqualTo(id.toString());
    assertThat(data.get("version").asLong())
        .isEqualTo(node.part(ApprovalRequests.class).version(id).orElseThrow());
    assertThat(data.get("status").asText()).isEqualTo("approved_with_edits");
    assertThat(data.get("action").asText()).isEqualTo("process_refund");
    assertThat(data.get("externalId").asText()).isEqualTo("ext-7");
    assertThat(data.at("/resumeState/thread").asText()).isEqualTo("t-9");
    assertThat(data.at("/run/id").asText()).isEqualTo("run-1");
    assertThat(data.at("/links/self").asText())
        .isEqualTo(ISSUER + "/api/v1/approval-requests/" + id);
    JsonNode decision = data.get("decision");
    assertThat(decision.get("outcome").asText()).isEqualTo("approved_with_edits");
    assertThat(decision.at("/parameters/amount").asText()).isEqualTo("200.00");
    assertThat(decision.at("/changes/0/path").asText()).isEqualTo("/amount");
    assertThat(decision.get("reason").asText()).isEqualTo("too much");
    assertThat(decision.at("/decidedBy/0").asText()).isEqualTo("rita");
    assertThat(decision.get("decidedAt").asText()).matches("20.*Z");
    assertThat(decision.get("actionDigest").asText())
        .isNotEqualTo(data.get("actionDigest").asText());
    assertThat(decision.get("grantStatus").asText()).isEqualTo("ready");
    assertThat(decision.has("grant")).isFalse();
    assertThat(data.has("truncated")).isFalse();
  }

  @Test
  void isVerifiedByReceiversThatAreNotOurs() throws Exception {
    RequestId id = propose(TestRequests.body(), Route.HUMAN_REVIEW);
    editAndTell(id);
    Received arrived = receiver.next();
    ObjectNode given = mapper.createObjectNode();
    given.put("secret", SECRET).put("issuer", ISSUER).put("audience", "action-executor");
    given.set("jwks", publishedKeys());
    given.put("grant", grant(id));
    ObjectNode webhook = given.putObject("webhook");
    webhook.set("headers", mapper.valueToTree(arrived.headers()));
    webhook.put("body", Base64.getEncoder().encodeToString(arrived.body()));

    JsonNode verified = verify(given, 0);
    assertThat(verified.get("v1").asBoolean()).isTrue();
    assertThat(verified.get("v1a").asBoolean()).isTrue();
    assertThat(verified.at("/grant/request").asText()).isEqualTo(id.toString());

    ObjectNode forged = given.deepCopy();
    forged.remove("secret");
    String other = new String(arrived.body(), StandardCharsets.UTF_8).replace("200.00", "999.00");
    ((ObjectNode) forged.get("webhook"))
        .put("body", Base64.getEncoder().encodeToString(other.getBytes(StandardCharsets.UTF_8)));
    verify(forged, 1);
    ObjectNode otherAudience = given.deepCopy();
    otherAudience.put("audience", "somebody-else");
    verify(otherAudience, 1);
  }

  @Test
  void tellsOfExpiryUnderItsOwnType() throws Exception {
    RequestId id = propose(TestRequests.body(), Route.HUMAN_REVIEW);
    node.change(
        id,
        request -> {
          request
              .openStage("review", "instance-" + java.util.UUID.randomUUID(), clock.instant())
              .expire(clock.instant());
          request.conclude(clock.instant());
          node.part(Webhooks.class).decided(request);
        });

    JsonNode told = mapper.readTree(receiver.next().body());

    assertThat(told.get("type").asText()).isEqualTo("approval.expired");
    assertThat(told.at("/data/decision/fallback").asText()).isEqualTo("deny");
    assertThat(told.at("/data/decision/grantStatus").asText()).isEqualTo("none");
    assertThat(told.at("/data/decision").has("parameters")).isFalse();
  }

  @Test
  void tellsTheEndpointTheAgentNamedAndNobodyIfThereIsNone() throws Exception {
    tellAutoApproved(TestRequests.body().put("callback", "second"));
    tellAutoApproved(TestRequests.body().put("callback", "no-such"));

    assertThat(named.next().path()).isEqualTo("/other");
    assertThat(database.asOwner().sql("select count(*) from delivery").query(Long.class).single())
        .isOne();
    Webhooks webhooks = node.part(Webhooks.class);
    assertThat(webhooks.knows("billing-agent", "second")).isTrue();
    assertThat(webhooks.knows("billing-agent", "no-such")).isFalse();
    assertThat(webhooks.knows("publishing-agent", "second")).isFalse();
  }

  @Test
  void leavesOutWhatIsLargeAndSaysSo() throws Exception {
    ObjectNode largeState = TestRequests.body();
    largeState.putObject("resumeState").put("blob", "x".repeat(30_000));
    tellAutoApproved(largeState);
    ObjectNode largeParameters = TestRequests.body();
    ((ObjectNode) largeParameters.get("parameters")).put("note", "y".repeat(30_000));
    tellAutoApproved(largeParameters);

    JsonNode first = told("x".repeat(100));
    JsonNode second = told("y".repeat(100));

    for (JsonNode data : new JsonNode[] {first, second}) {
      assertThat(data.get("truncated").asBoolean()).isTrue();
      assertThat(data.has("resumeState")).isFalse();
      assertThat(data.at("/links/self").asText()).startsWith(ISSUER);
    }
    assertThat(
            java.util.List.of(
                first.at("/decision").has("parameters"), second.at("/decision").has("parameters")))
        .containsExactlyInAnyOrder(true, false);
  }

  private JsonNode told(String absent) throws Exception {
    byte[] body = receiver.next().body();
    assertThat(body.length).isLessThan(20_001);
    assertThat(new String(body, StandardCharsets.UTF_8)).doesNotContain(absent);
    return mapper.readTree(body).get("data");
  }

  @Test
  void tellsOnlyWithinTheTransactionOfTheDecisionAndOnlyOfClosedRequests() {
    Proposal proposal = TestRequests.proposal(TestRequests.body());
    Webhooks webhooks = node.part(Webhooks.class);
    ApprovalRequest open = TestRequests.request(proposal, Route.HUMAN_REVIEW, clock.instant());

    assertThatThrownBy(() -> webhooks.decided(open))
        .isInstanceOf(IllegalTransactionStateException.class);
    assertThatThrownBy(() -> node.inTransaction(() -> webhooks.decided(open)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void publishesThreeKeysOfDifferentPurpose() throws Exception {
    JsonNode keys = publishedKeys().get("keys");

    assertThat(keys).hasSize(3);
    assertThat(keys.findValuesAsText("countersign:purpose"))
        .containsExactly("grants", "webhooks", "log");
    assertThat(keys.findValuesAsText("kid")).doesNotHaveDuplicates();
    assertThat(keys.get(0).get("kty").asText()).isEqualTo("OKP");
    assertThat(keys.get(0).has("d")).as("nothing private").isFalse();
  }

  private JsonNode publishedKeys() throws Exception {
    var response =
        MockMvcBuilders.standaloneSetup(node.part(PublishedKeys.class))
            .build()
            .perform(MockMvcRequestBuilders.get("/.well-known/jwks.json"))
            .andReturn()
            .getResponse();
    assertThat(response.getHeader("Cache-Control")).isEqualTo("max-age=300, public");
    return mapper.readTree(response.getContentAsString());
  }

  private RequestId propose(ObjectNode body, Route route) {
    Proposal proposal = TestRequests.proposal(body);
    ApprovalRequest request = TestRequests.request(proposal, route, clock.instant());
    node.inTransaction(() -> node.part(ApprovalRequests.class).add(request, proposal, bytes(body)));
    return request.id();
  }

  private void tellAutoApproved(ObjectNode body) {
    RequestId id = propose(body, Route.AUTO_APPROVE);
    node.change(id, request -> node.part(Webhooks.class).decided(request));
  }

  private void editAndTell(RequestId id) {
    node.change(
        id,
        request -> {
          ActionDigest edited =
              node.part(ApprovalRequests.class)
                  .addEdit(request, TestRequests.parameters("200.00"), "person:rita");
          request
              .openStage("review", "instance-" + java.util.UUID.randomUUID(), clock.instant())
              .decide(
                  new Vote.Voter("sub-1", "rita", Role.REVIEWER),
                  Vote.Ballot.of(Decision.EDIT, edited, "too much"),
                  clock.instant());
          request.conclude(clock.instant());
          node.part(Webhooks.class).decided(request);
        });
  }

  private String grant(RequestId id) {
    String[] grant = new String[1];
    node.change(
        id,
        request ->
            grant[0] =
                node.part(Grants.class)
                    .issue(request, TestRequests.parameters("200.00"), clock.instant())
                    .orElseThrow());
    return grant[0];
  }

  private byte[] bytes(ObjectNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode verify(ObjectNode given, int exit) throws Exception {
    if (!Files.exists(JS.resolve("node_modules"))) {
      assertThat(run(0, "", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
          .isNotNull();
    }
    return mapper.readTree(run(exit, given.toString(), "node", "verify.mjs"));
  }

  private static String run(int exit, String input, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(JS.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command)).isEqualTo(exit);
    return output;
  }
}
