const { is } = require('bpmnlint-utils');
const { flowElements } = require('../model');
const { OUTCOMES, outcome } = require('../outcomes');

/** A chain is what concludes a request; each of its ends says by name and id which outcome it stands for. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:Process') || !flowElements(node).some(concludes)) {
      return;
    }
    for (const end of (node.flowElements || []).filter((element) => is(element, 'bpmn:EndEvent'))) {
      if (!outcome(end)) {
        reporter.report(end.id, `End of a chain is not named by one outcome: ${OUTCOMES.join(', ')}`);
      }
    }
  }
});

function concludes(element) {
  return element.get('camunda:delegateExpression') === '${concludeRequest}';
}
