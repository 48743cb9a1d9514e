package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.shared.RequestId;
import io.countersign.story.Post.Mail;
import io.countersign.testing.RealmAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is told by mail, what, and how often. Time is moved by hand. */
@ExtendWith(OutputCaptureExtension.class)
class MailsIT {

  private static final String CHANNELS = "/api/v1/me/channels";
  private static final String ABSENCE = "/api/v1/me/absence";
  private static final List<String> REVIEWERS = List.of("rita", "raj");

  private static Post post;
  private static Story story;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    post = new Post();
    Map<String, String> settings = new HashMap<>(post.settings());
    settings.put("camunda.bpm.job-execution.enabled", "false");
    settings.put("countersign.policy", policy(folder).toString());
    MovedTime.set(MovedTime.START);
    story = Story.start(settings, MovedTime.class);
  }

  /** The sample policy, with refunds that may be critical. */
  private static Path policy(Path folder) throws IOException {
    Path samples = Path.of("processes");
    for (String name : List.of("route-action.dmn", "plan-stages.dmn", "choose-channels.dmn")) {
      Files.copy(samples.resolve(name), folder.resolve(name));
    }
    String manifest = Files.readString(samples.resolve("actions.yaml"));
    Files.writeString(
        folder.resolve("actions.yaml"),
        manifest.replaceFirst("(chain: approve-refund)", "$1\n    maxUrgency: critical"));
    return folder;
  }

  @AfterAll
  static void stop() {
    story.close();
    post.close();
  }

  @BeforeEach
  void startOfTime() {
    MovedTime.set(MovedTime.START);
  }

  @AfterEach
  void forgetWishes() {
    REVIEWERS.forEach(
        person -> {
          wish(person, "{\"channels\":[\"email\"]}");
          story.application().commandLine(person).send("DELETE", ABSENCE, Map.of(), "");
        });
  }

  private static JsonNode refund(String urgency) {
    ObjectNode body = Proposals.refund("240.00", 0.72).put("urgency", urgency);
    return story.propose("billing-agent", body);
  }

  private static void wish(String person, String body) {
    var answer = story.application().commandLine(person).send("PUT", CHANNELS, Map.of(), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static List<Mail> mails(String person, JsonNode request, int number) {
    return post.awaitTo(person, Story.id(request), number);
  }

  /** Once nothing is noted or waiting any more, nothing else will come. */
  private static void settle() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> count("notice", "true") == 0 && count("delivery", "status = 'pending'") == 0);
  }

  private static long count(String table, String condition) {
    return jdbc()
        .sql("select count(*) from " + table + " where " + condition)
        .query(Long.class)
        .single();
  }

  private static JdbcClient jdbc() {
    return JdbcClient.create(story.application().bean(DataSource.class));
  }

  private static List<String> statuses(JsonNode request) {
    return jdbc()
        .sql(
            "select status from delivery where request_id = ? and endpoint = 'people:email'"
                + " order by id")
        .param(RequestId.of(Story.id(request)).uuid())
        .query(String.class)
        .list();
  }

  @Test
  void tellsThoseWhoMayDecideAllTheyNeedInTheFirstLines() {
    JsonNode request = refund("normal");

    for (String person : REVIEWERS) {
      Mail mail = mails(person, request, 1).get(0);
      assertThat(mail.subject()).isEqualTo("Countersign: Refund 240.00 EUR for order 10428");
      assertThat(mail.plain())
          .startsWith(
              """
              Refund 240.00 EUR for order 10428

              The money leaves at once and cannot be called back.

              Consequence: high; cannot be taken back
              Decide by:\
              """)
          .contains("Proposed by: agent billing-agent")
          .contains("/review/" + Story.id(request))
          .doesNotContain("charged twice");
      assertThat(mail.header("From")).isEqualTo("approvals@countersign.example");
      assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
      assertThat(mail.html()).contains("href=\"" + story.application().url() + "/review/");
    }
    settle();
    for (String other : List.of("sam", "fiona", "mona", "otto")) {
      assertThat(post.to(other, Story.id(request))).as(other).isEmpty();
    }
  }

  @Test
  void tellsNeitherWhoeverStandsBehindItNorWhoeverIsAway() {
    ObjectNode body = Proposals.refund("240.00", 0.72).put("onBehalfOf", "rita");
    JsonNode hers = story.propose("billing-agent", body);
    mails("raj", hers, 1);
    settle();
    assertThat(post.to("rita", Story.id(hers))).isEmpty();

    String away =
        "{\"from\":\"%s\",\"to\":\"%s\"}"
            .formatted(
                MovedTime.START.minus(1, ChronoUnit.HOURS),
                MovedTime.START.plus(1, ChronoUnit.HOURS));
    var noted = story.application().commandLine("raj").send("PUT", ABSENCE, Map.of(), away);
    assertThat(noted.statusCode()).as(noted.body()).isEqualTo(200);
    JsonNode without = refund("normal");
    mails("rita", without, 1);
    settle();
    assertThat(post.to("raj", Story.id(without))).isEmpty();
  }

  @Test
  void saysOnceMoreInTheSameThreadThatItWaitsAndThenThatItIsOver() {
    JsonNode request = refund("normal");
    Mail first = mails("raj", request, 1).get(0);
    mails("rita", request, 1);

    MovedTime.pass(story, Duration.ofMinutes(5));
    Mail reminder = mails("raj", request, 2).get(1);
    assertThat(reminder.plain()).contains("nobody has decided yet");
    assertThat(post.to("sam", Story.id(request))).isEmpty();

    MovedTime.pass(story, Duration.ofMinutes(55));
    Mail escalation = mails("sam", request, 1).get(0);
    assertThat(escalation.plain()).contains("as senior-reviewer; those asked before");
    settle();

    story.decides("rita", request, "approve");
    Mail last = mails("raj", request, 3).get(2);
    mails("sam", request, 2);
    settle();

    assertThat(last.plain())
        .startsWith("Nothing left for you to do\n")
        .contains("What became of it: approved by rita");
    for (Mail mail : List.of(reminder, last)) {
      assertThat(mail.header("In-Reply-To")).isEqualTo(first.header("Message-ID"));
      assertThat(mail.header("References")).isEqualTo(first.header("Message-ID"));
      assertThat(mail.subject()).isEqualTo(first.subject());
      assertThat(mail.header("Message-ID")).isNotEqualTo(first.header("Message-ID"));
    }
    assertThat(first.header("In-Reply-To")).isEmpty();
    assertThat(post.to("rita", Story.id(request)))
        .as("whoever decided is not told that it is decided")
        .noneMatch(mail -> mail.plain().startsWith("Nothing left"));
    assertThat(count("told", "request_id = '" + uuid(request) + "'")).isZero();
  }

  private static String uuid(JsonNode request) {
    return RequestId.of(Story.id(request)).uuid().toString();
  }

  @Test
  void keepsQuietHoursAndSaysThenOnlyWhatStillHolds() {
    LocalTime now =
        LocalTime.ofInstant(MovedTime.START, ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    String hours =
        "{\"channels\":[\"email\"],\"quietHours\":{\"from\":\"%s\",\"to\":\"%s\",\"zone\":\"Etc/UTC\"}}"
            .formatted(now.minusHours(1), now.plusHours(3));
    wish("raj", hours);
    JsonNode decided = refund("normal");
    JsonNode open = refund("normal");
    JsonNode critical = refund("critical");
    mails("rita", decided, 1);
    mails("rita", open, 1);
    mails("raj", critical, 1);

    MovedTime.pass(story, Duration.ofMinutes(5));
    mails("rita", open, 2);
    story.decides("rita", decided, "approve");
    assertThat(post.to("raj", Story.id(open))).isEmpty();
    assertThat(post.to("raj", Story.id(decided))).isEmpty();

    MovedTime.set(MovedTime.START.plus(Duration.ofHours(3)));
    Mail morning = mails("raj", open, 1).get(0);
    settle();

    assertThat(morning.plain()).contains("nobody has decided yet");
    assertThat(post.to("raj", Story.id(open))).as("asked and reminded, told once").hasSize(1);
    assertThat(post.to("raj", Story.id(decided))).as("heard nothing of it").isEmpty();
    assertThat(statuses(decided)).contains("dropped");
  }

  @Test
  void tellsWhoeverWantsNoMailOnlyWhatIsCritical() {
    wish("raj", "{\"channels\":[]}");
    JsonNode routine = refund("high");
    JsonNode critical = refund("critical");
    mails("rita", routine, 1);
    mails("raj", critical, 1);
    settle();

    assertThat(post.to("raj", Story.id(routine))).isEmpty();
  }

  @Test
  void tellsTheOneToWhomItWasGivenAndNotWhoeverGaveIt() {
    JsonNode request = refund("normal");
    mails("raj", request, 1);
    mails("rita", request, 1);
    settle();

    story.decides("rita", request, "hand_on", "to", "raj");
    Mail given = mails("raj", request, 2).get(1);
    settle();

    assertThat(given.plain()).contains("it is with you, as reviewer");
    assertThat(post.to("rita", Story.id(request))).as("rita gave it away").hasSize(1);
  }

  @Test
  void remindsWhoeverHasTakenItAndLeavesTheOthersInPeace() {
    JsonNode request = refund("normal");
    mails("raj", request, 1);
    mails("rita", request, 1);
    settle();
    claim("rita", request);

    MovedTime.pass(story, Duration.ofMinutes(5));
    Mail reminder = mails("rita", request, 2).get(1);
    settle();

    assertThat(reminder.plain()).contains("it is with you, as reviewer; nobody has decided yet");
    assertThat(post.to("raj", Story.id(request))).hasSize(1);
  }

  private static void claim(String person, JsonNode request) {
    var answer =
        story
            .session(person)
            .post(
                "/camunda/api/engine/engine/default/task/" + story.task(request) + "/claim",
                Map.of("userId", person));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  @Test
  void showsWhatAnAgentWroteAsTextAndOnlyWhereTheManifestLetsIt() {
    ObjectNode body = Proposals.JSON.createObjectNode();
    body.put("action", "send_customer_email").put("confidence", 0.9).put("rationale", "x");
    body.putObject("parameters")
        .put("to", "erika@example.com")
        .put("subject", "<b>https://evil.example</b>")
        .put("body", "\u202Ehello");
    JsonNode request = story.propose("billing-agent", body);

    Mail mail = mails("rita", request, 1).get(0);

    assertThat(mail.subject()).isEqualTo("Countersign: Send an e-mail to a customer");
    assertThat(mail.plain()).startsWith("Send an e-mail to a customer\n\nThe customer reads it");
    assertThat(mail.plain() + mail.html()).doesNotContain("erika", "evil.example", "hello");
  }

  @Test
  void changesNothingWhenAMachineFollowsTheLink() {
    JsonNode request = refund("normal");
    Mail mail = mails("rita", request, 1).get(0);
    String link =
        mail.plain()
            .lines()
            .filter(line -> line.contains("/review/"))
            .map(line -> line.substring(line.indexOf("/review/")))
            .findFirst()
            .orElseThrow();
    var scanner = story.application().anybody();

    assertThat(scanner.get(link).statusCode()).isEqualTo(302);
    for (String method : List.of("HEAD", "POST", "PUT", "DELETE")) {
      for (String path : List.of(link, link + "/decisions", Story.path(request) + "/decisions")) {
        assertThat(scanner.send(method, path, Map.of(), "{\"decision\":\"approve\"}").statusCode())
            .as(method + " " + path)
            .isGreaterThanOrEqualTo(300);
      }
    }

    settle();
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
    assertThat(story.recorded(request).stream().filter(it -> it.startsWith("stage.")).toList())
        .containsExactly("stage.opened");
  }

  @Test
  void sendsTheSameMailAgainWhenItIsNotKnownWhetherItArrived() {
    JsonNode request = refund("normal");
    mails("rita", request, 1);
    mails("raj", request, 1);
    settle();

    jdbc()
        .sql(
            "update delivery set status = 'pending', next_attempt_at = created_at"
                + " where request_id = ?")
        .param(RequestId.of(Story.id(request)).uuid())
        .update();
    List<Mail> both = mails("rita", request, 2);

    assertThat(both.get(1).header("Message-ID")).isEqualTo(both.get(0).header("Message-ID"));
  }

  @Test
  void givesUpWhereKeycloakHasNoAddressAndTellsOperators() {
    RealmAdmin realm = RealmAdmin.shared();
    String raj = realm.subject("raj");
    realm.change(raj, "emailVerified", false);
    try {
      JsonNode request = refund("normal");
      mails("rita", request, 1);
      settle();

      assertThat(post.to("raj", Story.id(request))).isEmpty();
      JsonNode given =
          Story.json(story.application().commandLine("otto").get("/api/v1/deliveries"));
      assertThat(given.path("items").toString())
          .contains("\"requestId\":\"" + Story.id(request) + "\"", "no verified mail address")
          .doesNotContain("raj");
    } finally {
      realm.change(raj, "emailVerified", true);
    }
  }

  @Test
  void keepsNoAddress(CapturedOutput output) throws Exception {
    JsonNode request = refund("normal");
    mails("rita", request, 1);
    settle();

    // Keycloak keeps it, in a database of its own beside ours.
    assertThat(new StoredBytes(story.application().database()).holding("rita@countersign.example"))
        .noneMatch(place -> place.startsWith("public."));
    assertThat(output.getAll()).doesNotContain("rita@countersign.example");
  }

  @Test
  void notesWhoWasTold() {
    JsonNode request = refund("normal");
    mails("rita", request, 1);
    settle();

    assertThat(story.recorded(request)).contains("people.told");
  }
}
