package io.countersign.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.countersign.delivery.MovableClock;
import io.countersign.policy.Policy;
import io.countersign.policy.PolicyFiles;
import io.countersign.policy.Verdict;
import io.countersign.request.Ledger;
import io.countersign.request.Proposal;
import io.countersign.shared.Reason;
import io.countersign.shared.RequestId;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.json.CanonicalJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However an agent splits an amount, no part passes a limit that the whole would not. */
class SplitPlansTest {

  private static final int SPLITS = 120;
  private static final int MOST_PARTS = 24;

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(20);

  private static Ledger ledger;
  private static Judgement judgement;

  private final String agent = UUID.randomUUID().toString();

  private record Part(BigDecimal amount, Verdict verdict) {
    boolean passed() {
      return verdict.route() == Route.AUTO_APPROVE;
    }

    boolean owes(Role role) {
      return verdict.review().stream()
          .flatMap(plan -> plan.stages().stream())
          .anyMatch(stage -> stage.roles().contains(role));
    }

    boolean has(String rule) {
      return verdict.reasons().stream().map(Reason::rule).anyMatch(rule::equals);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    ledger = new Ledger(new MovableClock());
    judgement =
        new Judgement(
            Policy.load(PolicyFiles.packaged()),
            ledger.history(),
            ledger.totals(),
            new LimitSettings(500, 600, Map.of()));
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
    ledger.close();
  }

  @Test
  void letsOneOfTwentySmallRefundsOfOneRunPass() throws Exception {
    List<Part> parts = atOnce(Collections.nCopies(20, new BigDecimal("45.00")), "run-1");

    assertThat(parts).filteredOn(Part::passed).hasSize(1);
    assertThat(parts)
        .filteredOn(part -> !part.passed())
        .allSatisfy(part -> assertThat(part.has("run_total_needs_review")).isTrue());
    assertThat(parts).filteredOn(part -> part.owes(Role.FINANCE_APPROVER)).hasSize(20 - 11);
    assertThat(total("run", "total")).isEqualByComparingTo("900.00");
    assertThat(total("run", "auto_approved")).isEqualByComparingTo("45.00");
  }

  static List<Long> seeds() {
    return new Random(20_260_302).longs(SPLITS).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void passesNoLimitOfARunInParts(long seed) throws Exception {
    Random random = new Random(seed);
    List<BigDecimal> split = split(random, 1 + random.nextInt(120_000));

    List<Part> parts = atOnce(split, "run-1");

    assertThat(sum(parts, Part::passed)).isLessThan(new BigDecimal("50.00"));
    assertThat(sum(parts, part -> !part.owes(Role.FINANCE_APPROVER)))
        .isLessThanOrEqualTo(new BigDecimal("500.00"));
    assertThat(sum(parts, part -> !part.has("run_total_above_limit")))
        .isLessThanOrEqualTo(new BigDecimal("500.00"));
    assertThat(total("run", "total")).isEqualByComparingTo(sum(parts, part -> true));
  }

  @Test
  void passesNoLimitOfADayByFreshRunsOrNone() throws Exception {
    List<BigDecimal> amounts = Collections.nCopies(70, new BigDecimal("49.99"));

    List<Part> parts = new ArrayList<>(atOnce(amounts.subList(0, 35), null));
    for (int run = 35; run < 70; run++) {
      parts.addAll(atOnce(amounts.subList(run, run + 1), "run-" + run));
    }

    assertThat(sum(parts, Part::passed)).isEqualByComparingTo("2499.50");
    assertThat(parts.get(69).has("day_auto_total_above_limit")).isTrue();
  }

  private List<Part> atOnce(List<BigDecimal> amounts, @Nullable String run) throws Exception {
    List<Callable<Part>> calls =
        amounts.stream().map(amount -> (Callable<Part>) () -> propose(amount, run)).toList();
    List<Part> parts = new ArrayList<>();
    for (Future<Part> part : THREADS.invokeAll(calls)) {
      parts.add(part.get());
    }
    return parts;
  }

  private Part propose(BigDecimal amount, @Nullable String run) {
    Proposal proposal = refund(amount, run);
    var digest = CanonicalJson.digest(proposal.action(), proposal.parameters());
    Verdict verdict =
        ledger
            .transaction()
            .execute(
                status ->
                    judgement.of(RequestId.next(), agent, proposal, digest, Optional.empty()));
    return new Part(amount, Objects.requireNonNull(verdict));
  }

  private static Proposal refund(BigDecimal amount, @Nullable String run) {
    var body = JsonNodeFactory.instance.objectNode().put("action", "process_refund");
    body.put("confidence", new BigDecimal("0.99"));
    body.putObject("parameters")
        .put("orderId", "10428")
        .put("amount", amount.toPlainString())
        .put("currency", "EUR");
    if (run != null) {
      body.putObject("run").put("id", run);
    }
    return new ObjectMapper().convertValue(body, Proposal.class);
  }

  /** Cuts a number of cents into parts, some of them small, in any order. */
  private static List<BigDecimal> split(Random random, int cents) {
    List<BigDecimal> parts = new ArrayList<>();
    int most = 1 + random.nextInt(cents);
    for (int left = cents; left > 0 && parts.size() < MOST_PARTS; ) {
      int part = Math.min(left, 1 + random.nextInt(most));
      parts.add(BigDecimal.valueOf(part, 2));
      left -= part;
    }
    Collections.shuffle(parts, random);
    return parts;
  }

  private static BigDecimal sum(List<Part> parts, Predicate<Part> which) {
    return parts.stream().filter(which).map(Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal total(String kind, String column) {
    return ledger
        .asOwner()
        .sql("select sum(" + column + ") from running_total where kind = ? and agent = ?")
        .params(kind, agent)
        .query(BigDecimal.class)
        .single();
  }
}
