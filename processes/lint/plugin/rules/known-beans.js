const { is } = require('bpmnlint-utils');
const known = require('../known-beans.json');
const { clickable, walk } = require('../model');

const DELEGATE = /^\$\{(\w+)}$/;
const CALL = /(\w+\.\w+)\s*\(/g;

/** A bean that does not exist is found when a token arrives, hours after the deployment. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:Process')) {
      return;
    }
    walk(node, (element) => {
      const owner = clickable(element);
      const delegate = element.get('camunda:delegateExpression');
      if (delegate !== undefined && !isKnownDelegate(delegate)) {
        reporter.report(owner.id, `Delegate expression <${delegate}> is not in known-beans.json`);
      }
      for (const call of unknownCalls(element)) {
        reporter.report(owner.id, `Expression calls <${call}>, which is not in known-beans.json`);
      }
    });
  }
});

function isKnownDelegate(expression) {
  const match = DELEGATE.exec(expression);
  return match !== null && known.delegates.includes(match[1]);
}

function unknownCalls(element) {
  if (is(element, 'bpmn:Documentation') && !is(element.$parent, 'bpmn:UserTask')) {
    return [];
  }
  return (element.$descriptor.properties || [])
    .map((property) => element.get(property.name))
    .filter((value) => typeof value === 'string' && /[$#]\{/.test(value))
    .flatMap((value) => [...value.matchAll(CALL)].map((match) => match[1]))
    .filter((call) => !known.calls.includes(call));
}
