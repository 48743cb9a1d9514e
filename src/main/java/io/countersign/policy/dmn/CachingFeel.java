package io.countersign.policy.dmn;

import camundajar.impl.scala.Option;
import camundajar.impl.scala.collection.Iterable;
import camundajar.impl.scala.jdk.javaapi.CollectionConverters;
import camundajar.impl.scala.util.Either;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.feel.context.FunctionProvider;
import org.camunda.feel.context.VariableProvider;
import org.camunda.feel.impl.JavaValueMapper;
import org.camunda.feel.impl.interpreter.BuiltinFunctions;
import org.camunda.feel.impl.interpreter.EvalContext;
import org.camunda.feel.impl.interpreter.EvaluationFailureCollector;
import org.camunda.feel.impl.interpreter.FeelInterpreter;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.camunda.feel.valuemapper.CustomValueMapper;
import org.camunda.feel.valuemapper.ValueMapper;
import org.jspecify.annotations.Nullable;

/**
 * Standard FEEL that parses each cell once and keeps its built-in functions; the engine's own makes
 * all of them anew for every cell. Only texts of the table are ever parsed, so the cache is bounded
 * by the file, and nothing an agent wrote can become an expression.
 */
final class CachingFeel implements FeelEngine {

  private static final String INPUT_NAME = "inputVariableName";

  private final ValueMapper mapper =
      new ValueMapper.CompositeValueMapper(
          CollectionConverters.asScala(List.<CustomValueMapper>of(new JavaValueMapper())).toList());
  private final FunctionProvider functions = new BuiltinFunctions(CachingFeel::noTime, mapper);
  private final FeelInterpreter interpreter = new FeelInterpreter(mapper);
  private final org.camunda.feel.FeelEngine parser =
      new org.camunda.feel.FeelEngine(
          functions,
          mapper,
          org.camunda.feel.FeelEngine.defaultConfiguration(),
          CachingFeel::noTime);
  private final Map<String, ParsedExpression> expressions = new ConcurrentHashMap<>();
  private final Map<String, ParsedExpression> tests = new ConcurrentHashMap<>();

  /** The same facts give the same route at any time of the day. */
  private static java.time.ZonedDateTime noTime() {
    throw new IllegalStateException("a routing table cannot ask for the time");
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> @Nullable T evaluateSimpleExpression(String text, VariableContext facts) {
    TypedValue fact = facts.resolve(text);
    return fact == null
        ? (T) mapper.unpackVal(outcome(expression(text), facts, null).value())
        // A bare name is read as it is: through FEEL an exact number would come back as a double.
        : (T) fact.getValue();
  }

  @Override
  public boolean evaluateSimpleUnaryTests(String text, String input, VariableContext facts) {
    return outcome(test(text), facts, input).value() instanceof ValBoolean match && match.value();
  }

  Outcome outcome(ParsedExpression expression, VariableContext facts, @Nullable String input) {
    EvaluationFailureCollector failures = new EvaluationFailureCollector();
    EvalContext context = new EvalContext(mapper, new Words(facts, input), functions, failures);
    Val value = interpreter.eval(expression.expression(), context);
    return new Outcome(value, failures);
  }

  /** What came out, and what FEEL would have passed over in silence. */
  record Outcome(Val value, EvaluationFailureCollector failures) {}

  ParsedExpression expression(String text) {
    return expressions.computeIfAbsent(text, t -> parsed(t, parser.parseExpression(t)));
  }

  ParsedExpression test(String text) {
    return tests.computeIfAbsent(text, t -> parsed(t, parser.parseUnaryTests(t)));
  }

  private static ParsedExpression parsed(
      String text, Either<org.camunda.feel.FeelEngine.Failure, ParsedExpression> result) {
    if (result.isLeft()) {
      throw new IllegalArgumentException("expected FEEL, found " + text);
    }
    return result.toOption().get();
  }

  /** The facts, and beside them the name of the column a cell belongs to. */
  private record Words(VariableContext facts, @Nullable String input) implements VariableProvider {

    @Override
    public Option<Object> getVariable(String name) {
      if (input != null && name.equals(INPUT_NAME)) {
        return Option.apply(input);
      }
      TypedValue value = facts.resolve(name);
      return value == null ? Option.empty() : new camundajar.impl.scala.Some<>(value.getValue());
    }

    @Override
    public Iterable<String> keys() {
      return CollectionConverters.asScala(facts.keySet());
    }
  }
}
