package io.countersign.delivery;

import java.io.IOException;

/** A message was not taken, for a reason that can be said to operators. */
public final class Undelivered extends IOException {

  private static final long serialVersionUID = 1;
  private final boolean forGood;

  private Undelivered(String sentence, boolean forGood) {
    super(sentence);
    this.forGood = forGood;
  }

  /** Another attempt may help. The sentence names nobody and no address. */
  public static Undelivered forNow(String sentence) {
    return new Undelivered(sentence, false);
  }

  /** No other attempt will help. The sentence names nobody and no address. */
  public static Undelivered forGood(String sentence) {
    return new Undelivered(sentence, true);
  }

  boolean isForGood() {
    return forGood;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
