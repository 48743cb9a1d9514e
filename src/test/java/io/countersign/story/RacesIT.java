package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/** Of two decisions at once exactly one counts, and the other is told so in a sentence. */
@Timeout(60)
class RacesIT {

  private static final int ROUNDS = 20;

  private final Story story = Story.shared();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @RepeatedTest(ROUNDS)
  void letsOneOfTwoPeopleDecideAtOurDoors(RepetitionInfo round) throws Exception {
    var request = story.proposeRefundToReject("240.00");
    var task = story.task(request);
    Door raj = round.getCurrentRepetition() % 2 == 0 ? Door.COMMAND_LINE : Door.PAGE;

    var answers =
        atOnce(
            () -> Door.COMMAND_LINE.decide(story, "rita", request, task, approval(request)),
            () -> raj.decide(story, "raj", request, task, rejection(request)));

    countsOne(request, answers, 409);
  }

  @RepeatedTest(ROUNDS)
  void letsOneOfTwoWindowsDecideInTasklist() throws Exception {
    var request = story.proposeRefundToReject("240.00");
    var task = story.task(request);
    assertThat(Door.claim(story.session("rita"), "rita", task).statusCode()).isEqualTo(204);

    var answers =
        atOnce(
            () -> Door.TASKLIST_FORM.decide(story, "rita", request, task, approval(request)),
            () -> Door.TASK_COMPLETION.decide(story, "rita", request, task, rejection(request)));

    countsOne(request, answers, 400);
  }

  @RepeatedTest(ROUNDS)
  void letsOneOfTwoDoorsDecide() throws Exception {
    var request = story.proposeRefundToReject("240.00");
    var task = story.task(request);
    assertThat(Door.claim(story.session("rita"), "rita", task).statusCode()).isEqualTo(204);

    var answers =
        atOnce(
            () -> Door.PAGE.decide(story, "rita", request, task, approval(request)),
            () -> Door.TASKLIST_FORM.decide(story, "rita", request, task, rejection(request)));

    countsOne(request, answers, answers.get(0).statusCode() == 200 ? 400 : 409);
  }

  @RepeatedTest(ROUNDS)
  void letsOneOfTwoPeopleClaim() throws Exception {
    var request = story.proposeRefund("240.00");
    var task = story.task(request);
    story.session("rita");
    story.session("raj");

    var answers =
        atOnce(
            () -> Door.claim(story.session("rita"), "rita", task),
            () -> Door.claim(story.session("raj"), "raj", task));

    assertThat(answers)
        .extracting(HttpResponse::statusCode)
        .as(bodies(answers))
        .containsExactlyInAnyOrder(204, 400);
    var winner = answers.get(0).statusCode() == 204 ? "rita" : "raj";
    assertThat(story.tasks(request).get(0).getAssignee()).isEqualTo(winner);
    assertThat(story.now(request).at("/stages/0/assignee").asText()).isEqualTo(winner);
  }

  private void countsOne(JsonNode request, List<HttpResponse<String>> answers, int lost) {
    boolean approved = answers.get(0).statusCode() / 100 == 2;
    var winner = answers.get(approved ? 0 : 1);
    var loser = answers.get(approved ? 1 : 0);
    assertThat(winner.statusCode()).as(bodies(answers)).isIn(200, 204);
    assertThat(loser.statusCode()).as(bodies(answers)).isEqualTo(lost);
    assertThat(loser.body()).doesNotContain("Exception:", "null").contains(".");
    assertThat(story.now(request).get("status").asText())
        .isEqualTo(approved ? "approved" : "rejected");
    assertThat(story.rows("vote", request)).isOne();
    assertThat(story.rows("delivery", request)).isOne();
    assertThat(story.recorded(request)).containsOnlyOnce("vote.cast", "request.concluded");
    assertThat(story.tasks(request)).isEmpty();
  }

  private static String bodies(List<HttpResponse<String>> answers) {
    return answers.stream().map(answer -> answer.statusCode() + " " + answer.body()).toList() + "";
  }

  private List<HttpResponse<String>> atOnce(
      Callable<HttpResponse<String>> one, Callable<HttpResponse<String>> other) throws Exception {
    var start = new CyclicBarrier(2);
    List<Future<HttpResponse<String>>> under = new ArrayList<>();
    for (var attempt : List.of(one, other)) {
      under.add(
          threads.submit(
              () -> {
                start.await();
                return attempt.call();
              }));
    }
    return List.of(under.get(0).get(), under.get(1).get());
  }

  private static ObjectNode approval(JsonNode request) {
    return Proposals.JSON
        .createObjectNode()
        .put("decision", "approve")
        .put("actionDigest", request.get("actionDigest").asText());
  }

  private static ObjectNode rejection(JsonNode request) {
    return approval(request).put("decision", "reject").put("reason", "It was refunded already.");
  }
}
