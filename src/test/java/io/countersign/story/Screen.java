package io.countersign.story;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.countersign.testing.RunningApplication;
import java.nio.file.Path;

/** A person's own browser window, signed in through Keycloak's page. */
final class Screen implements AutoCloseable {

  private static final int WIDE = 1280;
  private static final int NARROW = 390;
  private static final int HEIGHT = 900;

  private final RunningApplication application;
  private final BrowserContext context;
  private final Page page;

  Screen(Browser browser, RunningApplication application) {
    this.application = application;
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale("en-GB")
                .setTimezoneId("UTC")
                .setViewportSize(WIDE, HEIGHT));
    page = context.newPage();
    page.setDefaultTimeout(30_000);
  }

  /** Opens a page of the application; Keycloak asks who it is. */
  Screen signIn(String path, String person) {
    page.navigate(application.url() + path);
    page.locator("#username").fill(person);
    page.locator("#password").fill(person);
    page.locator("#kc-login").click();
    page.waitForURL(url -> url.startsWith(application.url() + "/camunda/"));
    return this;
  }

  Screen open(String path) {
    page.navigate(application.url() + path);
    return this;
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The review inside the form. */
  Locator review() {
    return page.locator("countersign-review");
  }

  /** What the review shows; it lives in a tree of its own, which the host's text leaves out. */
  String reviewText() {
    return (String)
        review()
            .evaluate("e => [...(e.shadowRoot ?? e).children].map(c => c.innerText).join('\\n')");
  }

  Page page() {
    return page;
  }

  /** Keeps what is to be seen, also as narrow as on a phone. */
  void keep(String name) {
    keepAs(name);
    page.setViewportSize(NARROW, HEIGHT);
    keepAs(name + "-narrow");
    page.setViewportSize(WIDE, HEIGHT);
  }

  /** The same for pages that are laid out once, when they are loaded. */
  void keepReloaded(String name, String shown) {
    keepAs(name);
    reload(NARROW, shown);
    keepAs(name + "-narrow");
    reload(WIDE, shown);
  }

  private void reload(int width, String shown) {
    page.setViewportSize(width, HEIGHT);
    page.reload();
    page.locator(shown).first().waitFor();
  }

  private void keepAs(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", "refund-" + name + ".png")));
  }

  @Override
  public void close() {
    context.close();
  }
}
