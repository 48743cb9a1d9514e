const { isAny, is } = require('bpmnlint-utils');
const { clickable, walk } = require('../model');

const WRITERS = ['camunda:InputOutput', 'camunda:Out', 'camunda:FormData'];
const WRITING = [
  'resultVariable',
  'initiator',
  'errorCodeVariable',
  'errorMessageVariable',
  'variableMappingClass',
  'variableMappingDelegateExpression'
];
const SEATS = ['stage', 'seat'];

/** Gateways ask for the outcome that the votes amount to; whoever writes variables could answer for them. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:Process')) {
      return;
    }
    walk(node, (element) => {
      if (isAny(element, WRITERS) || WRITING.some((name) => element.get(`camunda:${name}`) !== undefined)) {
        reporter.report(clickable(element).id, 'Models write no variables');
      }
      if (is(element, 'bpmn:MultiInstanceLoopCharacteristics') && !isSeat(element.get('camunda:elementVariable'))) {
        reporter.report(clickable(element).id, `The variable of a multi-instance is called ${SEATS.join(' or ')}`);
      }
    });
  }
});

function isSeat(variable) {
  return variable === undefined || SEATS.includes(variable);
}
