package io.countersign.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.chaos.Ledger.Acknowledged;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Proposes, again and again under the same key until it is told that it was heard. */
final class Agent implements Robot {

  /** Without endpoints of their own, so that no webhook is sent. */
  private static final List<Caller> AGENTS =
      List.of(Caller.client("publishing-agent"), Caller.client("procurement-agent"));

  private static final Duration UNTIL_EXPIRED = Duration.ofSeconds(125);

  private final Parameters parameters;
  private final Work work;
  private final Calls calls;
  private final Ledger ledger;

  Agent(Parameters parameters, Work work, Calls calls, Ledger ledger) {
    this.parameters = parameters;
    this.work = work;
    this.calls = calls;
    this.ledger = ledger;
  }

  @Override
  public void work() throws InterruptedException, IOException {
    for (int number = work.takeNumber(); number >= 0; number = work.takeNumber()) {
      Intent intent = Intent.of(parameters.seed(), number, parameters.proposals());
      propose(new Errand(number, intent, AGENTS.get(number % AGENTS.size())));
    }
  }

  private void propose(Errand errand) throws InterruptedException, IOException {
    ObjectNode body = errand.deed().json();
    body.put("confidence", 0.9).put("rationale", "A robot wants it, for number " + errand.number());
    Answer answer =
        calls.post(errand.agent(), "propose", "/api/v1/approval-requests", body, errand.key());
    if (answer.status() / 100 != 2) {
      throw new IllegalStateException("refused: " + errand + ": " + answer);
    }
    errand.acknowledgedAs(answer.body());
    ledger.acknowledge(
        new Acknowledged(errand.id(), errand.agent().name(), errand.key(), errand.deed().digest()));
    work.acknowledge(errand);
    handOn(errand);
  }

  private void handOn(Errand errand) throws InterruptedException {
    switch (errand.intent()) {
      case SMALL, LOOK_UP, FORBIDDEN -> work.settle(errand, Duration.ZERO);
      case APPROVE, EDIT, REJECT, TWO_STAGES, ASK -> work.reviewers().add(errand);
      case CONTEND -> {
        work.reviewers().add(errand);
        work.rivals().add(errand);
      }
      case WITHDRAW -> withdraw(errand);
      case EXPIRE -> work.settle(errand, UNTIL_EXPIRED);
      case LEAVE -> work.finish(errand);
    }
  }

  private void withdraw(Errand errand) throws InterruptedException {
    if (errand.number() % 2 == 0) {
      work.reviewers().add(errand);
    }
    calls.post(
        errand.agent(),
        "withdraw",
        errand.path() + "/withdrawal",
        Robot.says("reason", "Not wanted any more."),
        null);
    work.settle(errand, Duration.ZERO);
  }
}
