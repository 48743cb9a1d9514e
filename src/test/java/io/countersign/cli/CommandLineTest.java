package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.cli.SessionFile.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private static final String ID = "apr_0190b3d2-7b6e-7c21-9f5e-000000000001";

  @TempDir private Path state;
  private final List<Duration> pauses = new ArrayList<>();
  private Peer peer;
  private SessionFile file;

  @BeforeEach
  void start() throws Exception {
    peer = new Peer();
    file = new SessionFile(state.resolve("countersign").resolve("session.json"));
    file.write(peer.session());
  }

  @AfterEach
  void stop() {
    peer.close();
  }

  private Typed run(String... arguments) {
    return new Typed("").run(file, pauses::add, arguments);
  }

  @Test
  void readsTheWholeInbox() {
    for (int i = 100; i < 220; i++) {
      peer.add("apr_" + i, "Refund " + i);
    }

    Typed typed = run("inbox", "--action", "process_refund", "--held", "me");

    assertThat(typed.code()).as(typed.error()).isZero();
    assertThat(typed.out().lines()).hasSize(121).endsWith("120 for you to decide");
    assertThat(typed.out())
        .startsWith(
            "apr_100  review  high, cannot be undone  until 2026-11-21T13:00:00Z  Refund 100"
                + "  (billing-agent)");
    assertThat(peer.asked)
        .containsExactly(
            "/api/v1/inbox?action=process_refund&held=me&limit=50",
            "/api/v1/inbox?action=process_refund&cursor=50&held=me&limit=50",
            "/api/v1/inbox?action=process_refund&cursor=100&held=me&limit=50");
  }

  @Test
  void saysThatNothingWaits() {
    assertThat(run("inbox").out()).isEqualTo("nothing waits for you\n");
  }

  @Test
  void obeysNoHeadline() {
    peer.add(ID, "Refund\\u001b]0;x\\u0007\\n\\u202e042");

    assertThat(run("inbox").out()).contains("Refund⟦U+001B⟧]0;x⟦U+0007⟧⟦U+000A⟧⟦U+202E⟧042");
    assertThat(run("inbox", "--json").out().stripTrailing())
        .contains("\\u001B]0;x\\u0007\\n\\u202E042")
        .isPrintable();
  }

  @Test
  void writesJsonForPrograms() throws Exception {
    peer.add(ID, "Refund");

    JsonNode inbox = Http.JSON.readTree(run("inbox", "--json").out());

    assertThat(inbox.path("count").asInt()).isEqualTo(1);
    assertThat(inbox.at("/items/0/requestId").asText()).isEqualTo(ID);
  }

  @Test
  void tellsWhatComesInWhenTheServerSaysSo() {
    peer.add("apr_1", "First");
    peer.thenChanges(() -> peer.add("apr_2", "Second"));

    Typed typed = watch(1);

    assertThat(typed.out().lines().map(line -> line.substring(0, 5)))
        .containsExactly("apr_1", "apr_2");
    assertThat(peer.asked).filteredOn(path -> path.startsWith("/api/v1/inbox")).hasSize(2);
  }

  @Test
  void asksEveryFifteenSecondsWhereItDoesNot() {
    peer.add("apr_1", "First");

    Typed typed =
        new Typed("")
            .run(
                file,
                time -> {
                  pauses.add(time);
                  if (pauses.size() == 1) {
                    peer.add("apr_2", "Second");
                  }
                  stopAfter(3);
                },
                "watch");

    assertThat(typed.out().lines()).hasSize(2);
    assertThat(pauses).containsOnly(Duration.ofSeconds(15));
  }

  @Test
  void watchesOnWhenTheServerWasAway() {
    peer.add("apr_1", "First");
    peer.answersTokens(503, "{}");

    Typed typed = watch(2);

    assertThat(typed.out().lines()).hasSize(1);
    assertThat(typed.error()).contains("trying again");
  }

  private Typed watch(int rounds) {
    return new Typed("")
        .run(
            file,
            time -> {
              pauses.add(time);
              stopAfter(rounds);
            },
            "watch");
  }

  private void stopAfter(int rounds) {
    if (pauses.size() == rounds) {
      throw new Failure(Exit.SIGN_IN, "enough");
    }
  }

  @Test
  void keepsTheNewRefreshToken() {
    run("inbox");

    assertThat(peer.forms.get(0)).containsEntry("refresh_token", "refresh-0");
    assertThat(file.read()).hasValue(peer.session().renewed("refresh-1"));
  }

  @Test
  void signsInByAnotherDevice() {
    file.delete();
    peer.answersTokens(400, "{\"error\":\"authorization_pending\"}");
    peer.answersTokens(400, "{\"error\":\"slow_down\"}");

    Typed typed = run("login", "--server", peer.url() + "/", "--issuer", peer.url() + "/realm");

    assertThat(typed.code()).as(typed.error()).isZero();
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(typed.error()).contains("ABCD-⟦U+001B⟧[2JEFGH").doesNotContain("refresh-");
    assertThat(typed.out()).isEmpty();
    assertThat(peer.forms.get(0)).containsEntry("code_challenge_method", "S256");
    assertThat(peer.forms.get(1).get("code_verifier")).hasSizeGreaterThan(42);
    assertThat(file.read()).hasValue(new Session(peer.url(), peer.url() + "/realm", "refresh-4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_denied", "expired_token", "invalid_grant"})
  void doesNotSignInWhomTheIssuerRefuses(String error) {
    file.delete();
    peer.answersTokens(400, "{\"error\":\"" + error + "\"}");

    assertThat(run("login", "--server", peer.url(), "--issuer", peer.url() + "/realm").code())
        .isEqualTo(3);
    assertThat(file.read()).isEmpty();
  }

  @Test
  void stopsAskingWhenTheCodeIsOver() {
    for (int i = 0; i < 20; i++) {
      peer.answersTokens(400, "{\"error\":\"authorization_pending\"}");
    }

    Typed typed = run("login", "--server", peer.url(), "--issuer", peer.url() + "/realm");

    assertThat(typed.code()).isEqualTo(3);
    assertThat(pauses).hasSize(12);
  }

  @Test
  void asksToSignIn() {
    peer.answersTokens(400, "{\"error\":\"invalid_grant\"}");
    assertThat(run("inbox").code()).isEqualTo(3);

    file.delete();
    assertThat(run("inbox").code()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                       2",
    "dance,                                    2",
    "show,                                     2",
    "show ../../inbox,                         2",
    "reject apr_1,                             2",
    "ask apr_1 --reason x,                     2",
    "inbox --held everybody,                   1",
    "inbox --token x,                          2",
    "login --server http://approve.example,    2",
    "login --server https://a@approve.example, 2",
    "login --issuer ftp://id.example,          2",
    "help,                                     0"
  })
  void endsWithACode(String arguments, int code) {
    Typed typed = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(typed.code()).as(typed.error()).isEqualTo(code);
  }

  @Test
  void tellsThatNobodyAnswers() {
    peer.close();

    assertThat(run("inbox").code()).isEqualTo(4);
  }
}
