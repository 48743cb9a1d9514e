package io.countersign.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;

/** A page that holds nothing but the review of one request, and notices everything unwanted. */
final class ReviewPage implements AutoCloseable {

  private static final String EMPTY =
      "<!doctype html><html lang=en><meta name=viewport content='width=device-width'>"
          + "<script type=module src=/assets/review/review.js></script><body></body></html>";

  private final BrowserContext context;
  private final AssetServer server;
  private final Page page;
  private final List<String> unwanted = new ArrayList<>();

  ReviewPage(Browser browser, AssetServer server) {
    this(browser, server, new Browser.NewContextOptions());
  }

  ReviewPage(Browser browser, AssetServer server, Browser.NewContextOptions options) {
    this.server = server;
    context = browser.newContext(options.setLocale("en-GB").setTimezoneId("UTC"));
    page = context.newPage();
    page.setDefaultTimeout(5_000);
    page.onDialog(
        dialog -> {
          unwanted.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(server.origin() + "/")) {
            unwanted.add("request: " + request.url());
          }
        });
    page.onPageError(error -> unwanted.add("error: " + error));
    context.onPage(other -> unwanted.add("window: " + other.url()));
  }

  /** Shows the review of this request and waits until it is drawn. */
  ReviewPage show(JsonNode request) {
    return show(request.toString());
  }

  /** The same for a request that was written down. */
  ReviewPage show(String request) {
    server.answers(Requests.path(Requests.REFUND), 200, request);
    open();
    page.waitForSelector(".digest");
    return this;
  }

  /** Puts a new review on the page, whatever it will show. */
  ReviewPage open(String... attributes) {
    unwanted.clear();
    if (!page.url().startsWith(server.origin())) {
      server.page("/", EMPTY);
      page.navigate(server.origin() + "/");
    }
    page.evaluate(
        """
        ([id, attributes]) => {
          const review = document.createElement('countersign-review');
          for (const name of attributes) review.setAttribute(name, '');
          review.setAttribute('request-id', id);
          document.body.replaceChildren(review);
        }
        """,
        List.of(Requests.REFUND, List.of(attributes)));
    return this;
  }

  Page page() {
    return page;
  }

  List<String> unwanted() {
    return unwanted;
  }

  Locator find(String selector) {
    return page.locator("countersign-review " + selector);
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** The radio whose value is this decision. */
  Locator decision(String decision) {
    return find("input[type=radio][value=" + decision + "]");
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  Locator reason() {
    return find(".reason textarea");
  }

  /** What the element would send. */
  JsonNode value() {
    return Requests.json((String) review("JSON.stringify(review.value)"));
  }

  /** Why it could not be sent, or {@code null}. */
  String message() {
    return String.valueOf(review("review.validity.message"));
  }

  Object review(String expression) {
    return page.evaluate(
        "() => { const review = document.querySelector('countersign-review'); return "
            + expression
            + "; }");
  }

  @Override
  public void close() {
    context.close();
  }
}
