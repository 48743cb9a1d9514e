package io.countersign.engine;

import io.countersign.engine.CompletionRefused.Kind;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Says no in words that the caller understands, once the transaction is rolled back.
 *
 * <p>The engine's web applications and REST interface sign the person into the engine before they
 * call it; our own Java code never does. So whoever is signed in gets the exceptions that those
 * doors answer with 403 and 400, and everybody else gets the {@link CompletionRefused} itself.
 */
final class EngineAnswers extends CommandInterceptor {

  private static final String ENGINE = "org.camunda.bpm.engine.";

  private final Supplier<IdentityService> identity;

  EngineAnswers(Supplier<IdentityService> identity) {
    this.identity = identity;
  }

  @Override
  public <T> T execute(Command<T> command) {
    if (Context.getCommandContext() != null) {
      return next.execute(command);
    }
    try {
      return next.execute(command);
    } catch (RuntimeException failure) {
      throw answer(command, failure);
    }
  }

  private RuntimeException answer(Command<?> command, RuntimeException failure) {
    if (isDecision(command)) {
      return refusal(failure).map(no -> forDoor(command, no)).orElse(failure);
    }
    return badQuery(failure).orElse(failure);
  }

  private static boolean isDecision(Command<?> command) {
    return command instanceof CompleteTaskCmd
        || command instanceof SubmitTaskFormCmd
        || command instanceof ClaimTaskCmd;
  }

  /** Of two people who decide at once one wins; the engine has three ways to tell the other. */
  private static Optional<CompletionRefused> refusal(RuntimeException failure) {
    if (failure instanceof CompletionRefused refused) {
      return Optional.of(refused);
    }
    boolean lost =
        failure instanceof OptimisticLockingException
            || failure instanceof NullValueException
            || failure instanceof TaskAlreadyClaimedException
            || isTheEnginesOwnSlip(failure);
    return lost
        ? Optional.of(
            new CompletionRefused(
                Kind.CONFLICT, "", "Somebody else has decided this already.", failure))
        : Optional.empty();
  }

  /** Measured: a task that vanished while it was completed. Ours are mistakes and stay visible. */
  private static boolean isTheEnginesOwnSlip(RuntimeException failure) {
    return failure instanceof NullPointerException
        && failure.getStackTrace().length > 0
        && failure.getStackTrace()[0].getClassName().startsWith(ENGINE);
  }

  private RuntimeException forDoor(Command<?> command, CompletionRefused refused) {
    if (identity.get().getCurrentAuthentication() == null) {
      return refused;
    }
    String sentence = Objects.requireNonNullElse(refused.getMessage(), "This is refused.");
    if (refused.kind() == Kind.FORBIDDEN) {
      return withCause(new AuthorizationException(sentence), refused);
    }
    // Completing answers 400 to this one only; all other doors answer 400 to a bad request.
    return command instanceof ClaimTaskCmd
        ? new BadUserRequestException(sentence, refused)
        : new FormFieldValidationException(refused.field(), sentence, refused);
  }

  private static RuntimeException withCause(RuntimeException answer, Throwable cause) {
    answer.initCause(cause);
    return answer;
  }

  /** Inside a query a refused expression arrives wrapped, and would be answered with 500. */
  private static Optional<RuntimeException> badQuery(RuntimeException failure) {
    if (failure instanceof ProcessEngineException
        && failure.getCause() instanceof BadUserRequestException refused) {
      return Optional.of(new BadUserRequestException(refused.getMessage(), failure));
    }
    return Optional.empty();
  }
}
