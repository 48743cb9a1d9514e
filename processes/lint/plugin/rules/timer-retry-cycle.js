const { is } = require('bpmnlint-utils');
const { extensions, isTimer } = require('../model');

const CYCLE = 'PT10S,PT1M,PT10M,PT1H,PT6H';

/** The engine's own three retries without a pause are spent before a database is back. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:Event') || !isTimer(node)) {
      return;
    }
    const cycles = extensions(node, 'camunda:FailedJobRetryTimeCycle').map((cycle) => cycle.body);
    if (cycles.length !== 1 || cycles[0] !== CYCLE) {
      reporter.report(node.id, `Timer does not retry by <${CYCLE}>`);
    }
  }
});
