package io.countersign.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApprovalsIT {

  private static final String LIST = "/api/v1/approval-requests?limit=50";

  private static Chromium chromium;
  private static Page page;
  private AssetServer server;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
    page = chromium.browser().newPage();
    page.setDefaultTimeout(5_000);
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @BeforeEach
  void open() {
    server = new AssetServer(AssetServer.STRICT);
    server.answers(LIST, 200, AssetServer.resource("/ui/history.json"));
    server.answers(LIST + "&cursor=c2", 200, AssetServer.resource("/ui/history-2.json"));
    server.page(
        "/",
        "<!doctype html><html lang=en><script type=module src=/assets/approvals/approvals.js>"
            + "</script><countersign-approvals></countersign-approvals></html>");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Locator rows() {
    return page.locator("tbody tr");
  }

  private void load(int rows) {
    page.navigate(server.origin() + "/");
    page.waitForCondition(() -> rows().count() == rows);
  }

  @Test
  void listsWhatWasAskedAndLoadsMore() {
    load(3);
    assertThat(rows().nth(1).textContent())
        .contains("Refund 310.00 EUR", "Approved with edits", "rita", "refunded before");

    page.getByText("Load more").click();
    page.waitForCondition(() -> rows().count() == 4);

    assertThat(rows().nth(3).textContent()).contains("Policy");
    assertThat(page.getByText("Load more").isVisible()).isFalse();
  }

  @Test
  void narrowsTheListAndSaysWhenNothingMatches() {
    server.answers(
        "/api/v1/approval-requests?status=rejected&limit=50",
        200,
        "{\"items\": [], \"nextCursor\": null}");
    load(3);

    page.getByLabel("Status").selectOption("rejected");

    page.getByText("Nothing matches these filters.").waitFor();
    assertThat(rows().count()).isZero();
  }

  @Test
  void asksForWhatALinkNamesAndForARequestOfAReviewer() {
    String ofRita = "/api/v1/approval-requests?action=process_refund&reviewer=rita&limit=50";
    server.answers(
        "/api/v1/approval-requests?action=process_refund&limit=50",
        200,
        AssetServer.resource("/ui/history.json"));
    server.answers(ofRita, 200, AssetServer.resource("/ui/history-2.json"));
    page.navigate("about:blank");
    page.navigate(server.origin() + "/#/approvals?action=process_refund");
    page.waitForCondition(() -> rows().count() == 3);

    page.getByLabel("Reviewer").fill("rita");
    page.waitForCondition(() -> rows().count() == 1);

    assertThat(server.asked()).endsWith(ofRita);
  }

  @Test
  void opensARequestToReadAndComesBackToItsRow() {
    server.answers(Requests.path("apr_decided"), 200, AssetServer.resource("/ui/decided.json"));
    load(3);

    rows().nth(1).click();
    page.locator(".decided").waitFor();
    assertThat(page.locator("input[type=radio]").count()).isZero();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("All approvals")).click();

    assertThat(page.evaluate("document.activeElement.shadowRoot.activeElement.textContent"))
        .isEqualTo("Refund 310.00 EUR for order A-10007");
  }

  @Test
  void rendersHostileTextsAsText() {
    String hostile = "<img src=x onerror=alert(1)>";
    var history = Requests.json(AssetServer.resource("/ui/history.json"));
    var row = (com.fasterxml.jackson.databind.node.ObjectNode) history.get("items").get(1);
    for (String name : java.util.List.of("headline", "action", "agent", "status", "reason")) {
      row.put(name, hostile + "\u202e");
    }
    server.answers(LIST, 200, history.toString());
    load(3);

    assertThat(rows().nth(1).locator("img").count()).isZero();
    assertThat(rows().nth(1).textContent()).contains(hostile + "⟦U+202E⟧").doesNotContain("\u202e");
  }

  @Test
  void explainsWhyNothingIsShown() {
    server.answers(LIST, 401, "{}");
    page.navigate(server.origin() + "/");

    page.getByText("You are signed out").waitFor();
  }
}
