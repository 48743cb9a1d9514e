const { is } = require('bpmnlint-utils');
const { flowElements } = require('../model');

const OUTCOMES = [
  'Approved',
  'Approved with edits',
  'Rejected',
  'Revision requested',
  'Answered',
  'Expired',
  'Withdrawn',
  'Blocked',
  'Revoked'
];

const idOf = (outcome) => `EndEvent_${outcome.replace(/(^| )(.)/g, (all, space, letter) => letter.toUpperCase())}`;

/** A chain is what concludes a request; each of its ends says by name and id which outcome it stands for. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:Process') || !flowElements(node).some(concludes)) {
      return;
    }
    for (const end of (node.flowElements || []).filter((element) => is(element, 'bpmn:EndEvent'))) {
      if (!OUTCOMES.includes(end.name) || !end.id.startsWith(idOf(end.name))) {
        reporter.report(end.id, `End of a chain is not named by one outcome: ${OUTCOMES.join(', ')}`);
      }
    }
  }
});

function concludes(element) {
  return element.get('camunda:delegateExpression') === '${concludeRequest}';
}
