package io.countersign.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReviewLinkPageIT {

  /** The policy of all our own pages. */
  private static final String OURS =
      "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

  private static final String DECISIONS = Requests.path(Requests.REFUND) + "/decisions";

  private static Chromium chromium;
  private AssetServer server;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @BeforeEach
  void open() {
    server = new AssetServer(OURS);
    server.answers(Requests.path(Requests.REFUND), 200, Requests.contested().toString());
    server.page(
        "/review/" + Requests.REFUND, AssetServer.resource("/static/assets/review/page.html"));
    context = chromium.browser().newContext();
    context.addCookies(
        List.of(new Cookie("COUNTERSIGN-XSRF", "proof-1").setUrl(server.origin() + "/")));
    page = context.newPage();
    page.setDefaultTimeout(5_000);
    page.navigate(server.origin() + "/review/" + Requests.REFUND);
    page.waitForSelector(".digest");
  }

  @AfterEach
  void close() {
    context.close();
    server.close();
  }

  private void press(String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  private void choose(String decision) {
    page.locator("input[type=radio][value=" + decision + "]").check();
  }

  @Test
  void sendsTheDecisionWithTheProofThatItIsOurs() {
    ObjectNode decided = Requests.contested().put("status", "approved");
    decided.putArray("decisions");
    server.answers(DECISIONS, 200, "{}");
    choose("edit");
    page.getByLabel("Amount", new Page.GetByLabelOptions().setExact(true)).fill("200.00");
    page.locator(".reason textarea").fill("half came back");
    server.answers(Requests.path(Requests.REFUND), 200, decided.toString());

    press("Edit and approve");

    page.getByText("Recorded.").waitFor();
    page.waitForSelector(".decided");
    assertThat(server.sent()).hasSize(1);
    assertThat(server.sent().get(0).proof()).isEqualTo("proof-1");
    assertThat(Requests.json(server.sent().get(0).body()))
        .isEqualTo(
            Requests.json(
                """
                {"decision": "edit", "stage": "legal", "reason": "half came back",
                 "parameters": {"orderId": "A-10023", "amount": 200, "currency": "EUR"},
                 "actionDigest":
                 "sha-256:5f2c7b1e9d0a4c8be3f6a1d27094b85ce61f3d7a0b2c4e8f9a1d3b5c7e9f0a12"}
                """));
  }

  @Test
  void showsARefusalWhereItBelongsAndKeepsWhatWasWritten() {
    server.answers(
        DECISIONS,
        422,
        """
        {"title": "Invalid decision", "detail": "to: expected somebody who may decide this.",
         "errors": [{"field": "/to", "detail": "to: expected somebody who may decide this."}]}
        """);
    page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
    choose("hand_on");
    page.locator(".to input").fill("nobody");

    press("Hand on to a person");

    page.getByText("Expected somebody who may decide this.").waitFor();
    assertThat(page.locator(".to input").inputValue()).isEqualTo("nobody");
  }

  @Test
  void sendsNothingThatIsNotComplete() {
    press("Decide");
    page.getByText("Choose a decision.").waitFor();
    choose("reject");
    press("Reject");
    page.getByText("Give a reason for this decision.").waitFor();

    assertThat(server.sent()).isEmpty();
  }

  @Test
  void saysWhyThereIsNothingToDecide() {
    ObjectNode request = Requests.contested();
    request.putArray("mayDecide");
    ((ObjectNode) request.at("/stages/0")).put("assignee", "leo");
    server.answers(Requests.path(Requests.REFUND), 200, request.toString());
    page.reload();

    page.getByText("leo has taken legal.").waitFor();
    assertThat(page.locator("input[type=radio]").count()).isZero();
  }

  @Test
  void doesNotLoseADecisionWhenTheConnectionIsGone() {
    choose("approve");
    page.route("**/decisions", route -> route.abort());

    press("Approve");

    page.getByText("The server could not be reached").waitFor();
    assertThat(page.locator("input[value=approve]").isChecked()).isTrue();
  }
}
