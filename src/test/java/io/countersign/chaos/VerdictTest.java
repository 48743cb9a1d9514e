package io.countersign.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.chaos.Evidence.Entry;
import io.countersign.chaos.Evidence.Request;
import io.countersign.chaos.Evidence.Stage;
import io.countersign.chaos.Evidence.Use;
import io.countersign.chaos.Evidence.Vote;
import io.countersign.chaos.Ledger.Acknowledged;
import io.countersign.chaos.Ledger.Effect;
import io.countersign.chaos.Ledger.How;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A check that cannot find anybody guilty is none. */
class VerdictTest {

  private static final Deed REFUND = Intent.APPROVE.deed(1);
  private static final Deed LOOK_UP = Intent.LOOK_UP.deed(2);
  private static final Deed WAITING = Intent.LEAVE.deed(3);

  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Map<String, Request> requests = new HashMap<>();
  private final List<Vote> votes = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();
  private long unlogged;

  /** One that a person approved, one that policy did, one that waits; all of it in order. */
  @BeforeEach
  void allIsWell() {
    add(
        new Request(
            "a",
            "agent",
            "k-a",
            REFUND.digest(),
            "human_review",
            "approved",
            REFUND.digest(),
            "g-a",
            true));
    votes.add(new Vote("a", "approve", REFUND.digest()));
    execute("a", REFUND);
    entries.add(new Entry("request.concluded", "a"));
    add(
        new Request(
            "b",
            "agent",
            "k-b",
            LOOK_UP.digest(),
            "auto_approve",
            "approved",
            LOOK_UP.digest(),
            "g-b",
            false));
    execute("b", LOOK_UP);
    add(
        new Request(
            "c", "agent", "k-c", WAITING.digest(), "human_review", "pending", "", "", true));
    stages.add(new Stage("c", "review", 1, false));
  }

  private void add(Request request) {
    requests.put(request.id(), request);
    acknowledged.add(
        new Acknowledged(request.id(), request.agent(), request.key(), request.digest()));
    entries.add(new Entry("request.proposed", request.id()));
  }

  private void execute(String id, Deed deed) {
    uses.add(new Use(id, "g-" + id, "x-" + id));
    effects.add(new Effect(id, "x-" + id, How.HONEST, deed));
    entries.add(new Entry("grant.redeemed", id));
  }

  @Test
  void findsNobodyGuiltyWhereAllIsWell() {
    assertThat(verdict().values()).allSatisfy(charges -> assertThat(charges).isEmpty());
  }

  @Test
  void findsWhatWasLost() {
    requests.remove("c");
    stages.clear();
    assertGuilty("acknowledged and lost", "c");
  }

  @Test
  void findsWhatWasKeptAsSomethingElse() {
    change("c", "digest", LOOK_UP.digest());
    assertGuilty("acknowledged and lost", "c");
  }

  @Test
  void findsWhatAnotherKeyWasPromised() {
    change("c", "key", "k-other");
    assertGuilty("acknowledged and lost", "c");
  }

  @Test
  void findsADeedWithoutAGrant() {
    uses.remove(0);
    assertGuilty("executed without a grant", "a");
  }

  @Test
  void findsADeedUnderAnotherKeyThanTheGrantWasUsedUnder() {
    uses.set(0, new Use("a", "g-a", "x-other"));
    assertGuilty("executed without a grant", "a");
    assertGuilty("redeemed and not told", "a");
  }

  @Test
  void findsAUseOfAGrantThatIsNotTheRequests() {
    uses.set(0, new Use("a", "g-b", "x-a"));
    assertGuilty("executed without a grant", "a");
  }

  @Test
  void findsADeedOfARequestThatThereIsNot() {
    effects.add(new Effect("z", "x-z", How.HONEST, REFUND));
    assertGuilty("executed without a grant", "z");
    assertGuilty("executed with other bytes", "z");
    assertGuilty("executed without an approval", "z");
  }

  @Test
  void findsWhatWasDoneTwice() {
    effects.add(new Effect("a", "x-twin", How.TWIN, REFUND));
    assertGuilty("executed twice", "a");
  }

  @Test
  void findsOtherBytes() {
    effects.set(0, new Effect("a", "x-a", How.HONEST, REFUND.with("amount", "241.00")));
    assertGuilty("executed with other bytes", "a");
    assertGuilty("executed without an approval", "a");
  }

  @Test
  void findsADeedThatWasRejected() {
    change("a", "status", "rejected");
    assertGuilty("executed without an approval", "a");
  }

  @Test
  void findsADeedThatNobodyVotedFor() {
    votes.clear();
    assertGuilty("executed without an approval", "a");
  }

  @Test
  void findsADeedThatPeopleSawOtherwise() {
    votes.set(0, new Vote("a", "approve", LOOK_UP.digest()));
    assertGuilty("executed without an approval", "a");
  }

  @Test
  void findsADeedThatPeopleVotedAgainst() {
    votes.set(0, new Vote("a", "reject", REFUND.digest()));
    assertGuilty("executed without an approval", "a");
  }

  @Test
  void findsATrickThatWorked() {
    effects.set(0, new Effect("a", "x-a", How.ENDED_GRANT, REFUND));
    assertGuilty("executed by a trick", "a");
  }

  @Test
  void findsAUseThatNobodyWasToldOf() {
    effects.remove(1);
    assertGuilty("redeemed and not told", "b");
    assertGuilty("approved and not executed", "b");
  }

  @Test
  void findsWhatHasNoDeadline() {
    change("c", "deadline", "");
    assertGuilty("open without a deadline", "c");
  }

  @Test
  void findsWhatIsOpenAndAskedOfNobody() {
    stages.clear();
    assertGuilty("open without a deadline", "c");
  }

  @Test
  void findsAReviewWithoutAClockOrWithTwo() {
    stages.set(0, new Stage("c", "review", 0, false));
    assertGuilty("open without a deadline", "c");
    stages.set(0, new Stage("c", "review", 2, false));
    assertGuilty("open without a deadline", "c");
  }

  @Test
  void believesTheReconciler() {
    findings.add("c: timer_misdated");
    assertGuilty("open without a deadline", "c");
  }

  @Test
  void findsWhatShouldHaveEnded() {
    stages.set(0, new Stage("c", "review", 1, true));
    assertGuilty("open past its deadline", "c");
  }

  @Test
  void believesTheVerifierOfTheLog() {
    doubts.add("entry 7 is not the one in the tree");
    assertGuilty("log not sound", "7");
  }

  @Test
  void findsWhatIsNotInTheLogOrThereTwice() {
    for (Entry entry : List.copyOf(entries)) {
      entries.remove(entry);
      assertGuilty("not in the log", entry.type());
      entries.add(entry);
      entries.add(entry);
      assertGuilty("not in the log", entry.type());
      entries.remove(entry);
    }
  }

  @Test
  void expectsAnotherEntryOfWhatWasWithdrawn() {
    change("c", "status", "withdrawn");
    assertGuilty("not in the log", "request.withdrawn");
  }

  @Test
  void findsEntriesThatTheLogNeverTook() {
    unlogged = 1;
    assertGuilty("not in the log", "1 entries");
  }

  private void change(String id, String field, String value) {
    Request it = Objects.requireNonNull(requests.get(id));
    requests.put(
        id,
        new Request(
            id,
            it.agent(),
            field.equals("key") ? value : it.key(),
            field.equals("digest") ? value : it.digest(),
            it.route(),
            field.equals("status") ? value : it.status(),
            it.decided(),
            it.grant(),
            !field.equals("deadline") && it.hasDeadline()));
  }

  private void assertGuilty(String check, String whom) {
    assertThat(verdict().get(check)).as(check).anyMatch(charge -> charge.contains(whom));
  }

  private Map<String, List<String>> verdict() {
    return Verdict.of(
        new Evidence(
            acknowledged,
            effects,
            requests,
            votes,
            uses,
            stages,
            findings,
            entries,
            doubts,
            unlogged));
  }
}
