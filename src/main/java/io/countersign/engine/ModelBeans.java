package io.countersign.engine;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** The beans that models may name, found when they are needed: they need the engine themselves. */
public final class ModelBeans extends AbstractMap<Object, Object> {

  /** Everything an expression in a model can reach. */
  public static final Set<String> NAMES =
      Set.of(
          "openStage",
          "openWindow",
          "closeWindow",
          "revokeApproval",
          "askForRollback",
          "alertMissingRollback",
          "offerStage",
          "requestInformation",
          "noteMissingAnswer",
          "askReviewerService",
          "noteMissingVerdict",
          "stageState",
          "stagePlan",
          "stageClock",
          "remindReviewers",
          "escalateStage",
          "expireStage",
          "concludeRequest",
          "handBackDecision",
          QueryExpressionProbe.BEAN);

  private final ApplicationContext context;

  ModelBeans(ApplicationContext context) {
    this.context = context;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return name instanceof String && NAMES.contains(name);
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    return containsKey(name) ? context.getBean(String.valueOf(name)) : null;
  }

  @Override
  public Set<Map.Entry<Object, Object>> entrySet() {
    return NAMES.stream()
        .collect(Collectors.toUnmodifiableMap(Object.class::cast, context::getBean))
        .entrySet();
  }
}
