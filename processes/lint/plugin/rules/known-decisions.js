const { is } = require('bpmnlint-utils');

const DECIDING = { 'review-stage': 'UserTask_ReviewAction', 'objection-window': 'UserTask_ObjectToAction' };
const FORM = 'embedded:deployment:forms/review-action.html';

/** People decide in the building blocks only, in the form that the application ships, offered to the role that policy named. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:UserTask')) {
      return;
    }
    if (DECIDING[processOf(node).id] !== node.id) {
      reporter.report(node.id, "People decide in a review stage only; this task's decision is recorded nowhere");
      return;
    }
    const expected = { candidateGroups: '${role}', assignee: '${assignee}', priority: '${priority}', formKey: FORM };
    for (const [attribute, value] of Object.entries(expected)) {
      if (![undefined, value].includes(node.get(`camunda:${attribute}`))) {
        reporter.report(node.id, `camunda:${attribute} is not <${value}>`);
      }
    }
    if (node.get('camunda:candidateUsers') !== undefined || node.get('camunda:formRef') !== undefined) {
      reporter.report(node.id, 'People are asked by role, in the form that the application ships');
    }
  }
});

function processOf(node) {
  return is(node, 'bpmn:Process') || !node.$parent ? node : processOf(node.$parent);
}
