const { is, isAny } = require('bpmnlint-utils');

/** One start in each scope: without a trigger, unless events start the scope. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, ['bpmn:Process', 'bpmn:SubProcess'])) {
      return;
    }
    const starts = (node.flowElements || []).filter((each) => is(each, 'bpmn:StartEvent'));
    const isTriggered = (start) => (start.eventDefinitions || []).length > 0;
    if (starts.length !== 1 || isTriggered(starts[0]) !== Boolean(node.triggeredByEvent)) {
      const trigger = node.triggeredByEvent ? 'with' : 'without';
      reporter.report(node.id, `Has ${starts.length} start events instead of one ${trigger} a trigger`);
    }
  }
});
