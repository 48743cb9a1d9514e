const { isAny, is } = require('bpmnlint-utils');
const { clickable, walk } = require('../model');

const WRITERS = ['camunda:InputOutput', 'camunda:Out', 'camunda:FormData'];
const WRITING = ['camunda:resultVariable', 'camunda:initiator', 'camunda:errorCodeVariable', 'camunda:errorMessageVariable'];

/** Gateways ask for the outcome that the votes amount to; whoever writes variables could answer for them. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:Process')) {
      return;
    }
    walk(node, (element) => {
      if (isAny(element, WRITERS) || WRITING.some((name) => element.get(name) !== undefined)) {
        reporter.report(clickable(element).id, 'Models write no variables');
      }
    });
  }
});
