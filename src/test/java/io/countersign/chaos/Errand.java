package io.countersign.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicInteger;

/** One proposal on its way through all robots. */
final class Errand {

  private final int number;
  private final Intent intent;
  private final Caller agent;
  private final Deed deed;
  private volatile String id = "";
  private volatile String grant = "";
  private volatile boolean asked;
  private final AtomicInteger looks = new AtomicInteger();

  Errand(int number, Intent intent, Caller agent) {
    this.number = number;
    this.intent = intent;
    this.agent = agent;
    this.deed = intent.deed(number);
  }

  int number() {
    return number;
  }

  Intent intent() {
    return intent;
  }

  Caller agent() {
    return agent;
  }

  Deed deed() {
    return deed;
  }

  /** Under which it is proposed, however often. */
  String key() {
    return "chaos-" + number;
  }

  String id() {
    return id;
  }

  void acknowledgedAs(JsonNode answer) {
    id = answer.path("id").asText();
  }

  String path() {
    return "/api/v1/approval-requests/" + id;
  }

  /** A grant that was put aside, to be tried when it has ended; empty if there is none. */
  String keptGrant() {
    return grant;
  }

  void keepGrant(String kept) {
    grant = kept;
  }

  /** Whether a person has asked the agent something already. */
  boolean wasAsked() {
    return asked;
  }

  void noteQuestion() {
    asked = true;
  }

  /** Looked at once more; how often by now. */
  int look() {
    return looks.incrementAndGet();
  }

  @Override
  public String toString() {
    return "%s (%s, %s)".formatted(key(), intent, id);
  }
}
