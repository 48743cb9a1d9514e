package io.countersign.policy.dmn;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Facts as the engine asks for them; a fact may be known to be nothing. */
record FactContext(Map<String, @Nullable Object> facts) implements VariableContext {

  @Override
  public @Nullable TypedValue resolve(String name) {
    return facts.containsKey(name) ? Variables.untypedValue(facts.get(name)) : null;
  }

  @Override
  public boolean containsVariable(String name) {
    return facts.containsKey(name);
  }

  @Override
  public Set<String> keySet() {
    return facts.keySet();
  }
}
