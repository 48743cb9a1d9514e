const { is } = require('bpmnlint-utils');
const { boundaryEvents, isTimer } = require('../model');

/** A task that no timer ends can wait for ever. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:UserTask')) {
      return;
    }
    const deadlines = boundaryEvents(node).filter((event) => isTimer(event) && event.cancelActivity !== false);
    if (deadlines.length !== 1) {
      reporter.report(node.id, `User task has ${deadlines.length} interrupting deadline timers instead of one`);
    }
  }
});
