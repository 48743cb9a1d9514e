const { is } = require('bpmnlint-utils');

/** Tasklist sorts and warns by due date. */
module.exports = () => ({
  check(node, reporter) {
    if (is(node, 'bpmn:UserTask') && !node.get('camunda:dueDate')) {
      reporter.report(node.id, 'User task has no due date');
    }
  }
});
