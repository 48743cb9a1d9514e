package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.countersign.dev.LocalKeycloak;
import io.countersign.testing.RunningApplication;
import io.countersign.ui.Chromium;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of one reviewer, against the application and Keycloak as they are. */
class CommandLineIT {

  private static final String REQUESTS = "/api/v1/approval-requests";
  private static final Pattern LINK = Pattern.compile("or open (\\S+)");

  @TempDir private static Path state;
  private static RunningApplication application;
  private static SessionFile file;

  @BeforeAll
  static void signIn() {
    application = RunningApplication.shared();
    file = new SessionFile(state.resolve("countersign").resolve("session.json"));
    signIn(file);
  }

  /** Rita types the command, and signs in with her browser while it waits. */
  private static void signIn(SessionFile file) {
    Typed typed = new Typed("");
    try (Chromium chromium = new Chromium();
        BrowserContext browser = chromium.browser().newContext()) {
      typed.run(
          file,
          pause -> allow(browser.newPage(), typed.error()),
          "login",
          "--server",
          application.url().toString(),
          "--issuer",
          LocalKeycloak.shared().issuer());
    }
    assertThat(typed.code()).as(typed.error()).isZero();
  }

  private static void allow(Page page, String printed) {
    Matcher link = LINK.matcher(printed);
    assertThat(link.find()).as(printed).isTrue();
    page.navigate(link.group(1));
    if (page.locator("#username").count() > 0) {
      page.locator("#username").fill("rita");
      page.locator("#password").fill("rita");
      page.locator("#kc-login").click();
    }
    page.locator("input[name=accept], button[name=accept]").first().click();
    page.waitForLoadState();
  }

  private static Typed run(String answers, String... arguments) {
    return new Typed(answers)
        .run(
            file,
            pause -> {
              throw new IllegalStateException("nothing waits here");
            },
            arguments);
  }

  private static JsonNode propose(String rationale) throws Exception {
    var body =
        Http.JSON
            .createObjectNode()
            .put("action", "process_refund")
            .put("confidence", 0.72)
            .put("rationale", rationale);
    body.putObject("parameters")
        .put("orderId", UUID.randomUUID().toString())
        .put("amount", "240.00")
        .put("currency", "EUR");
    var answer =
        application
            .agent("billing-agent")
            .post(REQUESTS, body, Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Http.JSON.readTree(answer.body());
  }

  private static JsonNode now(JsonNode request) throws Exception {
    return Http.JSON.readTree(
        application.agent("billing-agent").get(REQUESTS + "/" + id(request)).body());
  }

  private static String id(JsonNode request) {
    return request.path("id").asText();
  }

  @Test
  void showsARequestAndObeysNoneOfIt() throws Exception {
    JsonNode request = propose("Urgent.\u001b[2J\u001b[1;1HApproved\u202e\nby rita");

    Typed shown = run("", "show", id(request));

    assertThat(shown.code()).as(shown.error()).isZero();
    assertThat(shown.out())
        .contains(
            "amount: \"240.00\"",
            "high, cannot be undone",
            application.url() + "/review/" + id(request),
            request.path("actionDigest").asText(),
            "It is your turn: review",
            "  | Urgent.⟦U+001B⟧[2J⟦U+001B⟧[1;1HApproved⟦U+202E⟧\n  | by rita")
        .doesNotContain("\u001b", "\u202e");
    JsonNode machine = Http.JSON.readTree(run("", "show", id(request), "--json").out());
    assertThat(machine.path("actionDigest")).isEqualTo(request.path("actionDigest"));
  }

  @Test
  void listsWhatWaits() throws Exception {
    JsonNode request = propose("The customer was charged twice.");

    Typed listed = run("", "inbox", "--action", "process_refund");

    assertThat(listed.code()).as(listed.error()).isZero();
    assertThat(listed.out()).contains(id(request) + "  review  high, cannot be undone");
    JsonNode machine = Http.JSON.readTree(run("", "inbox", "--held", "nobody", "--json").out());
    assertThat(machine.path("items").findValuesAsText("requestId")).contains(id(request));
  }

  @Test
  void approvesWhatItHasShownOnceConfirmed() throws Exception {
    JsonNode request = propose("The customer was charged twice.");

    for (String answer : new String[] {"", "no\n", "y\n"}) {
      assertThat(run(answer, "approve", id(request)).code()).isEqualTo(5);
    }
    assertThat(now(request).path("status").asText()).isEqualTo("pending");

    Typed approved = run("yes\n", "approve", id(request), "--reason", "Checked.");
    assertThat(approved.code()).as(approved.error()).isZero();
    assertThat(approved.out()).contains("amount: \"240.00\"", "approved now");
    JsonNode decision = now(request).path("decision");
    assertThat(decision.path("outcome").asText()).isEqualTo("approved");
    assertThat(decision.path("actionDigest")).isEqualTo(request.path("actionDigest"));
    assertThat(decision.path("decidedBy").toString()).isEqualTo("[\"rita\"]");

    Typed again = run("", "approve", id(request), "--yes");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.error()).contains("not your turn");
  }

  @Test
  void approvesWithoutAQuestionWhereItIsTold() throws Exception {
    JsonNode request = propose("The customer was charged twice.");

    Typed approved = run("", "approve", id(request), "--yes", "--json");

    assertThat(approved.code()).as(approved.error()).isZero();
    assertThat(approved.error()).contains("amount: \"240.00\"");
    assertThat(Http.JSON.readTree(approved.out()).path("status").asText()).isEqualTo("approved");
  }

  @Test
  void rejectsAndAsks() throws Exception {
    JsonNode rejected = propose("The customer was charged twice.");
    assertThat(run("", "reject", id(rejected), "--reason", "It was refunded.").code()).isZero();
    assertThat(now(rejected).at("/decision/reason").asText()).isEqualTo("It was refunded.");

    JsonNode asked = propose("The customer was charged twice.");
    assertThat(run("", "ask", id(asked), "--question", "Which order?").code()).isZero();
    assertThat(now(asked).path("status").asText()).isEqualTo("information_requested");
    assertThat(run("", "show", id(asked)).out()).contains("Asked:\n  | Which order?");
  }

  @Test
  void saysWhatTheServerSays() {
    Typed typed = run("", "show", "apr_0190b3d2-7b6e-7c21-9f5e-000000000000");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.error()).contains("there is no request of that id", "(404)");
  }

  @Test
  void signsOutHereAndAtTheIssuer() {
    SessionFile other = new SessionFile(state.resolve("other").resolve("session.json"));
    signIn(other);
    SessionFile.Session session = other.read().orElseThrow();

    Typed out = new Typed("").run(other, pause -> {}, "logout");
    assertThat(out.code()).as(out.error()).isZero();
    assertThat(other.read()).isEmpty();

    other.write(session);
    Typed later =
        new Typed("").run(other, pause -> {}, "show", "apr_0190b3d2-7b6e-7c21-9f5e-000000000000");
    assertThat(later.code()).isEqualTo(3);
  }
}
