package io.countersign.engine;

import java.util.Map;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * Closes CVE-2026-109432, by which a signed-in person runs any expression inside a task query.
 *
 * <p>Queries are the only expressions that the engine evaluates without a scope, so a missing scope
 * is where they are told from those of models. Only the few that filters need are let through.
 */
final class GuardedExpressions extends SpringExpressionManager {

  private static final Pattern ALLOWED_IN_QUERIES =
      Pattern.compile(
          "[$#]\\{\\s*(currentUser\\(\\)|currentUserGroups\\(\\)|now\\(\\)"
              + "|dateTime\\(\\)(\\.(plus|minus)(Seconds|Minutes|Hours|Days|Weeks|Months)"
              + "\\(\\d{1,6}\\)){0,4})\\s*}");

  /**
   * Expressions that see the given beans only.
   *
   * @param beans what models may name
   */
  GuardedExpressions(ApplicationContext context, Map<Object, Object> beans) {
    super(context, beans);
  }

  @Override
  public Expression createExpression(String text) {
    return new Guarded(super.createExpression(text));
  }

  static void requireAllowedInQueries(String text) {
    if (!ALLOWED_IN_QUERIES.matcher(text).matches()) {
      throw new BadUserRequestException(
          "Queries may use ${currentUser()}, ${currentUserGroups()}, ${now()} and ${dateTime()} with"
              + " plain offsets; no other expression is evaluated.");
    }
  }

  private record Guarded(Expression expression) implements Expression {

    @Override
    public @Nullable Object getValue(@Nullable VariableScope scope) {
      return getValue(scope, null);
    }

    @Override
    public @Nullable Object getValue(
        @Nullable VariableScope scope, @Nullable BaseDelegateExecution execution) {
      if (scope == null) {
        requireAllowedInQueries(getExpressionText());
      }
      return expression.getValue(scope, execution);
    }

    @Override
    public void setValue(@Nullable Object value, @Nullable VariableScope scope) {
      setValue(value, scope, null);
    }

    @Override
    public void setValue(
        @Nullable Object value,
        @Nullable VariableScope scope,
        @Nullable BaseDelegateExecution execution) {
      if (scope == null) {
        throw new BadUserRequestException("An expression without a scope cannot be set.");
      }
      expression.setValue(value, scope, execution);
    }

    @Override
    public String getExpressionText() {
      return expression.getExpressionText();
    }

    @Override
    public boolean isLiteralText() {
      return expression.isLiteralText();
    }
  }
}
