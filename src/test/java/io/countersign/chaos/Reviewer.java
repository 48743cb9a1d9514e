package io.countersign.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;

/** A person who decides what is put before them, reading it first. */
final class Reviewer implements Robot {

  private final Caller person;
  private final BlockingQueue<Errand> queue;
  private final Work work;
  private final Calls calls;

  Reviewer(String person, BlockingQueue<Errand> queue, Work work, Calls calls) {
    this.person = Caller.person(person);
    this.queue = queue;
    this.work = work;
    this.calls = calls;
  }

  @Override
  public void work() throws InterruptedException {
    while (true) {
      decide(queue.take());
    }
  }

  private void decide(Errand errand) throws InterruptedException {
    Answer shown = calls.get(person, errand.path());
    if (shown.status() == 200) {
      Answer answer =
          calls.post(
              person, "decide", errand.path() + "/decisions", decision(errand, shown.body()), null);
      if (answer.status() == 200
          && errand.intent() == Intent.TWO_STAGES
          && queue == work.reviewers()) {
        work.finance().add(errand);
        return;
      }
    }
    // Who contends decides twice; one of the two lets it be settled.
    if (queue != work.rivals() && errand.intent() != Intent.WITHDRAW) {
      work.settle(errand, Duration.ZERO);
    }
  }

  private ObjectNode decision(Errand errand, JsonNode shown) {
    JsonNode current = shown.has("current") ? shown.get("current") : shown;
    String word = word(errand);
    ObjectNode body =
        Robot.says(
            "decision",
            word,
            "stage",
            openStage(shown),
            "actionDigest",
            current.path("actionDigest").asText(),
            "reason",
            person.name() + " looked at number " + errand.number());
    if (word.equals("ask")) {
      body.put("question", "Why number " + errand.number() + "?");
      errand.noteQuestion();
    }
    if (word.equals("edit")) {
      body.set("parameters", errand.deed().with("amount", "200.00").json().get("parameters"));
    }
    return body;
  }

  private static String openStage(JsonNode shown) {
    for (JsonNode stage : shown.path("stages")) {
      if (stage.path("status").asText().equals("open")) {
        return stage.path("name").asText();
      }
    }
    return "review";
  }

  private String word(Errand errand) {
    return switch (errand.intent()) {
      case EDIT -> "edit";
      case REJECT -> "reject";
      case CONTEND -> queue == work.rivals() ? "reject" : "approve";
      case ASK -> errand.wasAsked() ? "approve" : "ask";
      default -> "approve";
    };
  }
}
