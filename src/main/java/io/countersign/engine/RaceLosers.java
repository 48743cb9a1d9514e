package io.countersign.engine;

import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Of two people who decide at once one wins. The engine tells the other by one of three exceptions,
 * a NullPointerException among them (measured); here they become one clear answer.
 */
final class RaceLosers extends CommandInterceptor {

  @Override
  public <T> T execute(Command<T> command) {
    if (!(command instanceof CompleteTaskCmd) && !(command instanceof SubmitTaskFormCmd)) {
      return next.execute(command);
    }
    try {
      return next.execute(command);
    } catch (OptimisticLockingException | NullValueException | NullPointerException lost) {
      throw new CompletionRefused(
          CompletionRefused.Kind.CONFLICT, "", "Somebody else has decided this already.", lost);
    }
  }
}
