package io.countersign.engine;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;

/**
 * Refuses every script, also in the languages that the engine itself brings along for expressions
 * and decision tables: in a script they would run past the {@link GuardedExpressions}.
 */
final class NoScripts implements ScriptEngineResolver {

  @Override
  public void addScriptEngineFactory(ScriptEngineFactory factory) {
    throw refused(factory.getLanguageName());
  }

  @Override
  public ScriptEngineManager getScriptEngineManager() {
    throw refused("any language");
  }

  @Override
  public ScriptEngine getScriptEngine(String language, boolean fromCache) {
    throw refused(language);
  }

  private static ProcessEngineException refused(String language) {
    return new ProcessEngineException("Scripts are off here, found one in " + language);
  }
}
