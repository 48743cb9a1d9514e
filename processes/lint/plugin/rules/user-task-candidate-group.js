const { is } = require('bpmnlint-utils');

/** A task without a role is a task nobody finds. */
module.exports = () => ({
  check(node, reporter) {
    if (is(node, 'bpmn:UserTask') && !node.get('camunda:candidateGroups')) {
      reporter.report(node.id, 'User task names no candidate group');
    }
  }
});
