package io.countersign.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerformanceIT {

  private static final String FIRST = "/api/v1/performance?by=day";

  /** The policy of all our own pages. */
  private static final String OURS =
      "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

  private static Chromium chromium;
  private final List<String> complaints = new ArrayList<>();
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
  void serve() {
    server = new AssetServer(OURS);
    server.answers(FIRST, 200, AssetServer.resource("/ui/performance.json"));
    server.page("/performance", AssetServer.resource("/static/assets/performance/page.html"));
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setLocale("en-GB")
                    .setTimezoneId("America/Los_Angeles"));
    page = context.newPage();
    page.setDefaultTimeout(5_000);
    page.onConsoleMessage(this::note);
    page.onPageError(complaints::add);
  }

  @AfterEach
  void close() {
    context.close();
    server.close();
  }

  private void open(int width, ColorScheme scheme) {
    page.setViewportSize(width, 900);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    page.navigate(server.origin() + "/performance");
  }

  private void note(ConsoleMessage message) {
    if (message.type().equals("error")) {
      complaints.add(message.text());
    }
  }

  private void open() {
    open(1280, ColorScheme.LIGHT);
    page.getByText("Worth a look").waitFor();
  }

  /** How many charts have anything on them. */
  private Object painted() {
    return page.evaluate(
        "() => [...document.querySelector('countersign-performance').shadowRoot"
            + ".querySelectorAll('canvas')].filter(c => c.width > 0 && c.getContext('2d')"
            + ".getImageData(0, 0, c.width, c.height).data.some(v => v > 0)).length");
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "360, LIGHT", "360, DARK"})
  void isReadableForEverybody(int width, ColorScheme scheme) {
    open(width, scheme);
    page.getByText("Worth a look").waitFor();
    page.waitForCondition(() -> painted().equals(3));
    page.locator("details > summary").all().forEach(Locator::click);

    assertThat(complaints).isEmpty();
    assertThat(Axe.violations(page)).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(
                Path.of("target", "screenshots", "performance-" + width + "-" + scheme + ".png")));
  }

  @Test
  void tellsTheNumbersOfTheCharts() {
    open();
    page.locator("summary").getByText("The same in numbers: time to decide").click();

    assertThat(page.locator(".figures").innerText())
        .contains("3 min 04 s", "95 % within 1 h 0 min");
    Locator times = page.getByLabel("The same in numbers: time to decide, table");
    assertThat(times.locator("tbody tr").count()).isEqualTo(14);
    assertThat(times.locator("tbody tr").first().innerText()).contains("8 Nov");
    assertThat(page.locator("canvas[role=img]").all())
        .allSatisfy(canvas -> assertThat(canvas.getAttribute("aria-label")).contains("table"));
  }

  @Test
  void saysWhoIsWorthALookAndWhy() {
    open();

    assertThat(page.locator(".signs > li").count()).isEqualTo(1);
    assertThat(page.locator(".signs").innerText())
        .contains("raj", "at most 3.9 %, while others have 20.8 %", "Approved 96 in a row");
    page.getByText("How this is measured").click();
    assertThat(page.locator(".measured").innerText()).contains("238 words a minute", "Wilson");
  }

  @Test
  void rendersHostileNamesAsTextAndLeadsToTheRequestsOfAnAction() {
    open();

    Locator hostile = page.getByLabel("Actions, table").locator("tbody tr").nth(3);
    assertThat(hostile.locator("img").count()).isZero();
    assertThat(hostile.innerText()).contains("<img src=x onerror=alert(1)>⟦U+202E⟧");
    assertThat(hostile.locator("a").getAttribute("href"))
        .isEqualTo(
            "/camunda/app/cockpit/default/#/approvals?action=%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E%E2%80%AE");
  }

  @Test
  void asksForOtherDays() {
    open();
    server.answers(
        "/api/v1/performance?from=2026-11-01&to=2026-11-21&by=day",
        200,
        AssetServer.resource("/ui/performance.json"));

    page.getByLabel("From").fill("2026-11-01");
    page.waitForCondition(() -> server.asked().size() == 2);
    page.getByText("Worth a look").waitFor();

    assertThat(page.getByText("Download as CSV").first().getAttribute("href"))
        .isEqualTo("/api/v1/performance.csv?table=spans&from=2026-11-01&to=2026-11-21&by=day");
  }

  @Test
  void saysThatReviewersAreNumbered() {
    ObjectNode report = (ObjectNode) Requests.json(AssetServer.resource("/ui/performance.json"));
    server.answers(FIRST, 200, report.put("named", false).toString());
    open();

    page.getByText("Reviewers are numbered for this page only.").waitFor();
  }

  @Test
  void saysThatNothingHappened() {
    server.answers(
        FIRST,
        200,
        """
        {"from": "2026-11-21", "to": "2026-11-21", "by": "day", "named": true,
         "total": {"proposed": 0, "routes": {}, "asked": {"count": 0, "closed": 0, "statuses": {},
           "rates": {}}, "decisions": {"count": 0, "timed": 0}, "missedDeadlines": 0},
         "actions": [], "spans": [], "reviewers": [], "openNow": {"count": 0, "unassigned": 0},
         "yardstick": {"wordsPerMinute": 238, "leastDecisions": 30, "leastTooFast": 3,
           "longStreak": 50}}\
        """);
    open(1280, ColorScheme.LIGHT);

    page.getByText("No agent asked for anything in these days.").waitFor();
    page.getByText("No sign in these days").waitFor();
    assertThat(page.locator("canvas").count()).isZero();
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 500})
  void saysWhatWentWrongAndTriesAgain(int status) {
    server.answers(FIRST, status, "{\"detail\": \"from: expected a day\"}");
    open(360, ColorScheme.DARK);
    page.getByText("from: expected a day").waitFor();

    server.answers(FIRST, 200, AssetServer.resource("/ui/performance.json"));
    page.getByText("Try again").click();

    page.getByText("Worth a look").waitFor();
  }

  @Test
  void showsTheTablesWhereTheLibraryIsMissing() {
    context.route("**/webjars/**", route -> route.abort());
    open(360, ColorScheme.LIGHT);

    page.getByText("The chart could not be drawn. The table holds the same numbers.")
        .first()
        .waitFor();
    assertThat(page.getByLabel("Reviewers, table").innerText()).contains("rita", "raj");
  }
}
