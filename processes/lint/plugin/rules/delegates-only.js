const { is } = require('bpmnlint-utils');
const { clickable, walk } = require('../model');

const LISTENERS = ['camunda:ExecutionListener', 'camunda:TaskListener'];

/** Work is done by named beans: no class names, no inline expressions, no external workers. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:Process')) {
      return;
    }
    walk(node, (element) => {
      if (is(element, 'camunda:Field')) {
        reporter.report(clickable(element).id, 'Delegates take nothing from the model');
      }
      if (!worksForTheEngine(element)) {
        return;
      }
      const owner = clickable(element);
      for (const attribute of ['class', 'expression', 'type', 'topic', 'connectorId']) {
        if (element.get(`camunda:${attribute}`)) {
          reporter.report(owner.id, `Uses camunda:${attribute} instead of a delegate expression`);
          return;
        }
      }
      if (is(element, 'bpmn:ServiceTask') && !element.get('camunda:delegateExpression')) {
        reporter.report(owner.id, 'Service task has no delegate expression');
      }
    });
  }
});

function worksForTheEngine(element) {
  return (
    is(element, 'bpmn:ServiceTask') ||
    is(element, 'bpmn:SendTask') ||
    is(element, 'bpmn:MessageEventDefinition') ||
    LISTENERS.some((type) => is(element, type))
  );
}
