package io.countersign.engine;

import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;

/**
 * A decision that the check has refused; the message is a sentence for the person who tried. It is
 * the one exception that all of the engine's own doors answer with 400 and the sentence.
 */
public class CompletionRefused extends FormFieldValidationException {

  private final Kind kind;
  private final String field;

  /** Why, in the terms a door needs to answer with. */
  public enum Kind {
    /** This person may not. */
    FORBIDDEN,
    /** This person may once they have proved again who they are. */
    SIGN_IN,
    /** What was sent is not acceptable. */
    INVALID,
    /** Somebody else was first, or the content is another one by now. */
    CONFLICT
  }

  /** Refuses, naming the offending field ({@code ""} where there is none). */
  public CompletionRefused(Kind kind, String field, String message) {
    super(field, message);
    this.kind = kind;
    this.field = field;
  }

  CompletionRefused(Kind kind, String field, String message, Exception cause) {
    super(field, message, cause);
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
