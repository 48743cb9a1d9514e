package io.countersign.engine;

/** A decision that the check has refused; the message is a sentence for the person who tried. */
public class CompletionRefused extends RuntimeException {

  /** Why, in the terms a door needs to answer with. */
  public enum Kind {
    /** This person may not: 403. */
    FORBIDDEN,
    /** What was sent is not acceptable: 422 (or 400 where the engine's own doors answer). */
    INVALID,
    /** Somebody else was first, or the content is another one by now: 409. */
    CONFLICT
  }

  private final Kind kind;
  private final String field;

  /** Refuses, naming the offending field ({@code ""} where there is none). */
  public CompletionRefused(Kind kind, String field, String message) {
    super(message);
    this.kind = kind;
    this.field = field;
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }

  /** The variable or field that is at fault; empty where none is. */
  public String field() {
    return field;
  }
}
