package io.countersign.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.chaos.Ledger.Effect;
import io.countersign.chaos.Ledger.How;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Looks what became of a proposal and does what was approved: after the grant was redeemed, and
 * only then. One in three also tries what must be refused; were it not, it would do that too.
 */
final class Executor implements Robot {

  private static final Caller EXECUTOR = Caller.client("action-executor");
  private static final Duration A_MOMENT = Duration.ofMillis(300);
  private static final Duration A_WHILE = Duration.ofSeconds(2);
  private static final Duration UNTIL_ENDED = Duration.ofSeconds(310);
  private static final int REMIND_EVERY = 10;

  private final Parameters parameters;
  private final Work work;
  private final Calls calls;
  private final Ledger ledger;
  private final Tally tally;
  private volatile String grantOfAnother = "";

  Executor(Parameters parameters, Work work, Calls calls, Ledger ledger, Tally tally) {
    this.parameters = parameters;
    this.work = work;
    this.calls = calls;
    this.ledger = ledger;
    this.tally = tally;
  }

  @Override
  public void work() throws InterruptedException, IOException {
    while (true) {
      Errand errand = work.takeToSettle();
      JsonNode now = read(errand);
      switch (now.path("status").asText()) {
        case "pending" -> wait(errand);
        case "information_requested" -> answer(errand, now);
        case "approved", "approved_with_edits" -> carryOut(errand, now);
        default -> finish(errand, now);
      }
    }
  }

  private JsonNode read(Errand errand) throws InterruptedException {
    Answer answer = calls.get(errand.agent(), errand.path());
    if (answer.status() != 200) {
      throw new IllegalStateException("its agent cannot read " + errand + ": " + answer);
    }
    return answer.body();
  }

  private void finish(Errand errand, JsonNode now) {
    tally.count("ended " + now.path("status").asText());
    work.finish(errand);
  }

  /** Whoever was to decide may have been refused while it was going wrong. */
  private void wait(Errand errand) {
    int look = errand.look();
    if (look % REMIND_EVERY > 0 || errand.intent() == Intent.EXPIRE) {
      work.settle(errand, A_WHILE);
    } else if (errand.intent() == Intent.TWO_STAGES && look % (2 * REMIND_EVERY) == 0) {
      work.finance().add(errand);
    } else {
      work.reviewers().add(errand);
    }
  }

  private void answer(Errand errand, JsonNode now) throws InterruptedException {
    JsonNode question = now.path("questions").path(0);
    calls.post(
        errand.agent(),
        "answer",
        errand.path() + "/information",
        Robot.says("questionId", question.path("id").asText(), "answer", "Because."),
        null);
    work.reviewers().add(errand);
  }

  private void carryOut(Errand errand, JsonNode now) throws InterruptedException, IOException {
    JsonNode decision = now.path("decision");
    switch (decision.path("grantStatus").asText()) {
      case "awaiting_proof" -> work.settle(errand, A_MOMENT);
      case "ready" -> use(errand, decision, now);
      default -> finish(errand, now);
    }
  }

  private void use(Errand errand, JsonNode decision, JsonNode now)
      throws InterruptedException, IOException {
    String grant = decision.path("grant").asText();
    Deed deed = Deed.of(errand.deed().action(), decision.path("parameters"));
    How trick = trick(errand);
    if (trick == How.ENDED_GRANT && errand.keptGrant().isEmpty()) {
      errand.keepGrant(grant);
      work.settle(errand, UNTIL_ENDED);
      return;
    }
    cheat(errand, trick, grant, deed);
    boolean done =
        trick == How.TWIN
            ? twins(errand, grant, deed)
            : redeem(errand, How.HONEST, key(errand), grant, deed);
    if (done && trick == How.SECOND_KEY) {
      redeem(errand, trick, UUID.randomUUID().toString(), grant, deed);
    }
    grantOfAnother = grant;
    if (done) {
      finish(errand, now);
    } else {
      work.settle(errand, A_MOMENT);
    }
  }

  private static String key(Errand errand) {
    return "executor-" + errand.number();
  }

  /** One in three tries something; which one, the seed says. */
  private How trick(Errand errand) {
    Random random = new Random(parameters.seed() * 7_368_787 + errand.number());
    How[] tricks = How.values();
    How trick = random.nextInt(3) == 0 ? tricks[random.nextInt(tricks.length)] : How.HONEST;
    boolean waits = trick == How.ENDED_GRANT;
    return waits && (!isLong() || random.nextInt(5) > 0) ? How.HONEST : trick;
  }

  /** Grants live for five minutes. */
  private boolean isLong() {
    return parameters.proposals() >= 1_000;
  }

  private void cheat(Errand errand, How trick, String grant, Deed deed)
      throws InterruptedException, IOException {
    String key = UUID.randomUUID().toString();
    String parameter = deed.parameters().firstKey();
    switch (trick) {
      case OTHER_BYTES -> redeem(errand, trick, key, grant, deed.with(parameter, "999.00"));
      case OTHER_TOOL ->
          redeem(errand, trick, key, grant, new Deed("delete_records", deed.parameters()));
      case NO_GRANT -> redeem(errand, trick, key, "not.a.grant", deed);
      case OTHER_GRANT -> redeem(errand, trick, key, grantOfAnother, deed);
      case ENDED_GRANT -> redeem(errand, trick, key, errand.keptGrant(), deed);
      default -> {
        // Nothing to try before the honest way.
      }
    }
  }

  /** Two executors that know nothing of each other; which one it was is the same to us. */
  private boolean twins(Errand errand, String grant, Deed deed)
      throws InterruptedException, IOException {
    CompletableFuture<Boolean> twin =
        CompletableFuture.supplyAsync(() -> redeemAsTwin(errand, grant, deed));
    boolean done = redeem(errand, How.HONEST, key(errand), grant, deed);
    return twin.join() || done;
  }

  private boolean redeemAsTwin(Errand errand, String grant, Deed deed) {
    try {
      return redeem(errand, How.TWIN, "twin-" + errand.number(), grant, deed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does it if, and only if, it may. */
  private boolean redeem(Errand errand, How how, String key, String grant, Deed deed)
      throws InterruptedException, IOException {
    Answer answer = ask(how, key, grant, deed);
    if (answer.status() == 200 && forgets(errand, how)) {
      // It died between the answer and the deed, and looks into its ledger before it goes on.
      answer = ask(how, key, grant, deed);
    }
    if (answer.status() != 200) {
      return false;
    }
    ledger.executeOnce(new Effect(answer.body().path("requestId").asText(), key, how, deed));
    return true;
  }

  private static boolean forgets(Errand errand, How how) {
    return how == How.HONEST && errand.number() % 10 == 0;
  }

  private Answer ask(How how, String key, String grant, Deed deed) throws InterruptedException {
    return calls.post(
        EXECUTOR,
        how.mayHappen() ? "redeem" : "redeem as " + how,
        "/api/v1/grants/redeem",
        deed.json().put("grant", grant),
        key);
  }
}
