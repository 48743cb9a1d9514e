const { is } = require('bpmnlint-utils');
const { extensions } = require('../model');

const DATE = /^[$#]\{\s*(deadline|informationDue|rollbackDue)\s*}$/;
const NUDGES = /^[$#]\{\s*stageClock\.nudges\(execution\)\s*}$/;
const TIMES = /^R[1-9]\d?\/(.+)$/;
const LENGTH = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const RETRIES = /^PT\d+[SMH](,PT\d+[SMH])*$/;
const MINUTES = [7 * 24 * 60, 24 * 60, 60, 1, 1 / 60];
const LONGEST = 90 * 24 * 60;

/** Timers take their time from the manifest, or a length that is written down and sane. */
module.exports = () => ({
  check(node, reporter) {
    for (const timer of (node.eventDefinitions || []).filter((each) => is(each, 'bpmn:TimerEventDefinition'))) {
      const [date, duration, cycle] = ['timeDate', 'timeDuration', 'timeCycle'].map((name) => textOf(timer[name]));
      if (date !== undefined && !DATE.test(date)) {
        reporter.report(node.id, `<${date}> is no time from the manifest, such as <\${deadline}>`);
      }
      if (duration !== undefined && !isLength(duration)) {
        reporter.report(node.id, `<${duration}> is no length from PT1M to P90D`);
      }
      if (cycle !== undefined && !NUDGES.test(cycle) && !isLength((TIMES.exec(cycle) || [])[1] || '')) {
        reporter.report(node.id, `<${cycle}> is no known or counted cycle, such as R3/PT10M`);
      }
      if (cycle !== undefined && happensOnce(node)) {
        reporter.report(node.id, 'What happens once has no cycle');
      }
    }
    for (const { body } of extensions(node, 'camunda:FailedJobRetryTimeCycle')) {
      if (!RETRIES.test(body || '')) {
        reporter.report(node.id, `<${body}> are no lengths, such as PT10S,PT1M: a timer that is not tried again is lost`);
      }
    }
  }
});

const textOf = (expression) => expression && (expression.body || '').trim();

function isLength(text) {
  const parts = LENGTH.exec(text);
  const minutes = parts ? parts.slice(1).reduce((sum, part, i) => sum + Number(part || 0) * MINUTES[i], 0) : 0;
  return minutes >= 1 && minutes <= LONGEST;
}

function happensOnce(event) {
  const goesOn = is(event, 'bpmn:BoundaryEvent') ? event.cancelActivity : event.isInterrupting;
  return goesOn !== false;
}
