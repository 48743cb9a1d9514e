package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.countersign.ui.Chromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A page of somebody else in the browser of a reviewer who is signed in. It comes from another port
 * of the same machine: browsers call that the same site, and send the session's cookie along.
 */
class CrossOriginIT {

  /** What each attempt came to: {@code answered} only where a script may read the answer. */
  private static final String ATTEMPT =
      """
      async ([url, method, type, body, mode]) => {
        try {
          const answer = await fetch(url, {method, mode, credentials: 'include',
            headers: type ? {'Content-Type': type} : {}, body: body || undefined});
          return answer.type === 'opaque' ? 'sent blindly' : 'answered';
        } catch (e) {
          return 'refused by the browser';
        }
      }
      """;

  private static final String LISTEN =
      """
      url => new Promise(done => {
        const source = new EventSource(url, {withCredentials: true});
        source.onopen = () => done('open');
        source.onerror = () => { source.close(); done('refused'); };
      })
      """;

  private static Story story;
  private static Chromium chromium;
  private static Screen rita;
  private static HttpServer stranger;

  @BeforeAll
  static void start() throws IOException {
    story = Story.shared();
    chromium = new Chromium();
    rita = new Screen(chromium.browser(), story.application()).signIn("/", "rita");
    stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stranger.createContext(
        "/",
        exchange -> {
          byte[] page = "<!doctype html><title>Kittens</title>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    stranger.start();
  }

  @AfterAll
  static void stop() {
    stranger.stop(0);
    rita.close();
    chromium.close();
  }

  private static Page atTheStrangers() {
    rita.page().navigate("http://127.0.0.1:" + stranger.getAddress().getPort() + "/");
    return rita.page();
  }

  private static String attempt(String method, String path, String type, String body, String mode) {
    Object[] arguments = {story.application().url() + path, method, type, body, mode};
    return String.valueOf(atTheStrangers().evaluate(ATTEMPT, List.of(arguments)));
  }

  private static String approval(JsonNode request) {
    return "{\"decision\":\"approve\",\"actionDigest\":\""
        + request.path("actionDigest").asText()
        + "\"}";
  }

  @Test
  void decidesNothingWithTheReviewersCookie() {
    JsonNode refund = story.proposeRefundToReject("240.00");
    String door = Story.path(refund) + "/decisions";
    String batch = "{\"items\":[" + approval(refund) + "]}";

    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      assertThat(attempt("POST", door, type, approval(refund), "no-cors"))
          .isEqualTo("sent blindly");
      attempt("POST", "/api/v1/decisions:batch", type, batch, "no-cors");
    }
    assertThat(attempt("POST", door, "application/json", approval(refund), "cors"))
        .isEqualTo("refused by the browser");
    assertThat(attempt("PUT", "/api/v1/me/absence", "application/json", "{}", "cors"))
        .isEqualTo("refused by the browser");

    assertThat(story.now(refund).path("status").asText()).isEqualTo("pending");
    assertThat(story.recorded(refund)).doesNotContain("vote.cast", "stage.claimed");
  }

  @Test
  void postsNoFormOfSomebodyElses() {
    JsonNode refund = story.proposeRefundToReject("240.00");
    String body = approval(refund);

    atTheStrangers()
        .evaluate(
            "([url, body]) => { const form = document.createElement('form');"
                + " form.method = 'post'; form.enctype = 'text/plain'; form.action = url;"
                + " const field = document.createElement('input');"
                + " field.name = body.slice(0, -1) + ',\"reason\":\"'; field.value = '\"}';"
                + " form.append(field); document.body.append(form); form.submit(); }",
            List.of(story.application().url() + Story.path(refund) + "/decisions", body));
    rita.page().waitForURL(url -> url.endsWith("/decisions"));

    assertThat(rita.page().content()).contains("urn:countersign:problem:");
    assertThat(story.now(refund).path("status").asText()).isEqualTo("pending");
  }

  @Test
  void readsNothing() {
    JsonNode refund = story.proposeRefundToReject("240.00");

    for (String path : List.of("/api/v1/inbox", Story.path(refund), "/review/x", "/v3/api-docs")) {
      assertThat(attempt("GET", path, "", "", "cors")).as(path).isEqualTo("refused by the browser");
    }
    String events = story.application().url() + "/api/v1/inbox/events";
    assertThat(atTheStrangers().evaluate(LISTEN, events)).isEqualTo("refused");
  }

  @Test
  void framesNothing() {
    JsonNode refund = story.proposeRefundToReject("240.00");
    for (String path :
        List.of("/review/" + Story.id(refund), "/inbox", "/camunda/app/tasklist/default/")) {
      Page page = atTheStrangers();
      page.evaluate(
          "url => new Promise(done => { const frame = document.createElement('iframe');"
              + " frame.onload = done; frame.src = url; document.body.append(frame); })",
          story.application().url() + path);

      Frame frame = page.frames().get(1);
      assertThat(frame.url()).as(path).startsWith("chrome-error:");
    }
  }

  @Test
  void signsNobodyOutByALink() {
    Page page = atTheStrangers();
    page.evaluate(
        "url => { const link = document.createElement('a'); link.href = url;"
            + " document.body.append(link); link.click(); }",
        story.application().url() + "/logout");
    page.waitForURL(url -> url.endsWith("/logout"));

    rita.open("/inbox");

    rita.find("countersign-inbox h2").waitFor();
    assertThat(story.application().url().resolve("/inbox")).hasToString(page.url());
  }

  /** The same attempts are taken from our own page: the answers above are no accident. */
  @Test
  void takesTheSameFromOurOwnPage() {
    rita.open("/inbox");
    Object[] own = {story.application().url() + "/api/v1/inbox", "GET", "", "", "cors"};

    assertThat(rita.page().evaluate(ATTEMPT, List.of(own))).isEqualTo("answered");
    assertThat(rita.page().evaluate(LISTEN, story.application().url() + "/api/v1/inbox/events"))
        .isEqualTo("open");
  }
}
