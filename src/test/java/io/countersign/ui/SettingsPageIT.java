package io.countersign.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettingsPageIT {

  private static final String OURS =
      "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";
  private static final String CHANNELS = "/api/v1/me/channels";
  private static final String NOTHING_SAID =
      "{\"channels\":[\"email\"],\"personal\":[\"email\"],\"configured\":[\"email\"]}";
  private static final int PHONE = 360;

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
  void open() {
    server = new AssetServer(OURS);
    server.answers(CHANNELS, 200, NOTHING_SAID);
    server.page("/settings", AssetServer.resource("/static/assets/settings/page.html"));
    open(ColorScheme.LIGHT);
  }

  private void open(ColorScheme scheme) {
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(PHONE, 640)
                    .setTimezoneId("Europe/Berlin")
                    .setColorScheme(scheme));
    context.addCookies(
        List.of(new Cookie("COUNTERSIGN-XSRF", "proof-1").setUrl(server.origin() + "/")));
    page = context.newPage();
    page.setDefaultTimeout(5_000);
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.navigate(server.origin() + "/settings");
    page.waitForSelector("form");
  }

  @AfterEach
  void close() {
    context.close();
    server.close();
  }

  @Test
  void savesByKeyboardAlone() {
    assertThat(page.getByLabel("Time zone").isVisible()).isFalse();
    page.getByLabel("Keep what can wait until they are over").focus();
    page.keyboard().press("Space");
    page.getByLabel("Time zone").focus();
    page.keyboard().press("Enter");

    page.getByText("Saved.").waitFor();
    assertThat(server.sent()).hasSize(1);
    assertThat(server.sent().get(0).proof()).isEqualTo("proof-1");
    assertThat(Requests.json(server.sent().get(0).body()))
        .isEqualTo(
            Requests.json(
                """
                {"channels": ["email"],
                 "quietHours": {"from": "22:00", "to": "07:00", "zone": "Europe/Berlin"}}
                """));
    assertThat(complaints).as("of the browser").isEmpty();
  }

  @Test
  void savesThatNothingIsWanted() {
    page.getByLabel("E-mail").uncheck();
    page.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();

    page.getByText("Saved.").waitFor();
    assertThat(Requests.json(server.sent().get(0).body()))
        .isEqualTo(Requests.json("{\"channels\": [], \"quietHours\": null}"));
  }

  @Test
  void showsWhatWasSaidBefore() {
    server.answers(
        CHANNELS,
        200,
        """
        {"channels": [], "personal": ["email"], "configured": [],
         "quietHours": {"from": "21:30", "to": "06:15", "zone": "Asia/Tokyo"}}
        """);
    page.reload();

    page.getByText("Not set up in this installation yet.").waitFor();
    assertThat(page.getByLabel("E-mail").isChecked()).isFalse();
    assertThat(page.getByLabel("From").inputValue()).isEqualTo("21:30");
    assertThat(page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).inputValue())
        .isEqualTo("06:15");
    assertThat(page.getByLabel("Time zone").inputValue()).isEqualTo("Asia/Tokyo");
  }

  @Test
  void showsARefusalWhereItBelongsAndKeepsWhatWasWritten() {
    page.getByLabel("Keep what can wait until they are over").check();
    page.getByLabel("Time zone").fill("Mars/Base");
    server.answers(
        CHANNELS,
        422,
        """
        {"title": "Invalid", "detail": "x",
         "errors": [{"field": "/quietHours/zone",
                     "detail": "expected a time zone such as Europe/Berlin"}]}
        """);
    page.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();

    page.getByText("expected a time zone such as Europe/Berlin").waitFor();
    assertThat(page.getByLabel("Time zone").inputValue()).isEqualTo("Mars/Base");
    assertThat(page.getByLabel("Time zone").getAttribute("aria-invalid")).isEqualTo("true");
    assertThat(page.evaluate("document.activeElement.name")).isEqualTo("zone");
  }

  @Test
  void fitsAPhoneByDayAndNight() {
    page.getByLabel("Keep what can wait until they are over").check();
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
    assertThat(background()).isEqualTo("rgb(255, 255, 255)");

    context.close();
    open(ColorScheme.DARK);
    assertThat(background()).isEqualTo("rgb(20, 23, 30)");
  }

  private Object background() {
    return page.evaluate("getComputedStyle(document.body).backgroundColor");
  }

  @Test
  void saysWhatIsWrongWhenTheServerCannotBeReached() {
    page.route("**" + CHANNELS, route -> route.abort());
    page.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();

    page.getByText("nothing was saved").waitFor();
  }
}
