package io.countersign.engine;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a user task may be completed, and records what was decided.
 *
 * <p>Called once for each attempt, through whichever door it comes (Tasklist, engine REST, our own
 * pages), inside the engine's transaction and before the task is completed. Whatever it writes is
 * committed or rolled back together with the completion. No variable of the attempt ever becomes a
 * process variable.
 */
public interface DecisionCheck {

  /**
   * Records the decision that completes the task.
   *
   * @throws CompletionRefused if this person may not decide this, now, like this
   */
  void decide(TaskCompletion completion);

  /**
   * Called before somebody takes a task for themselves or has it taken.
   *
   * @throws CompletionRefused if this person could not decide the task anyway
   */
  void claim(TaskCompletion task, String username);

  /** Called after a claim was taken ({@code username}) or given back ({@code null}). */
  void claimed(TaskCompletion task, @Nullable String username);
}
