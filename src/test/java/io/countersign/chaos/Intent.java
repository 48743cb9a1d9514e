package io.countersign.chaos;

import java.util.Map;
import java.util.Random;

/** What the robots mean to do with a proposal. */
enum Intent {
  /** So small that policy approves it. */
  SMALL(20),
  /** Needs nobody either. */
  LOOK_UP(10),
  APPROVE(25),
  EDIT(8),
  REJECT(7),
  /** One person approves while another one rejects. */
  CONTEND(6),
  /** Large enough for finance to decide after the reviewers. */
  TWO_STAGES(5),
  /** A person asks, the agent answers, the person approves. */
  ASK(4),
  /** The agent takes it back, half of the time while a person approves. */
  WITHDRAW(5),
  /** Nobody decides within its two minutes. */
  EXPIRE(4),
  /** Policy does not know it. */
  FORBIDDEN(4),
  /** Still waits when everything is over. */
  LEAVE(2);

  private final int percent;

  Intent(int percent) {
    this.percent = percent;
  }

  /** The intent of one of so many proposals; what is to expire is proposed early enough. */
  static Intent of(long seed, int number, int proposals) {
    int left = new Random(seed * 1_000_003 + number).nextInt(100);
    for (Intent intent : values()) {
      left -= intent.percent;
      if (left < 0) {
        return intent == EXPIRE && number > proposals / 2 ? APPROVE : intent;
      }
    }
    throw new AssertionError("the shares are a hundred");
  }

  /** What is proposed; no two proposals are about the same thing. */
  Deed deed(int number) {
    String thing = "chaos-" + number;
    return switch (this) {
      case SMALL -> refund(thing, "0.05", "GBP");
      case LOOK_UP -> Deed.of("query_crm", Map.of("customerId", thing));
      case TWO_STAGES -> refund(thing, "750.00", "EUR");
      case EXPIRE -> Deed.of(Policy.SHORT_LIVED, Map.of("customerId", thing));
      case FORBIDDEN -> Deed.of("drop_database", Map.of("name", thing));
      default -> refund(thing, "240.00", "EUR");
    };
  }

  private static Deed refund(String order, String amount, String currency) {
    return Deed.of(
        "process_refund", Map.of("orderId", order, "amount", amount, "currency", currency));
  }
}
