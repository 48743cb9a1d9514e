const { is } = require('bpmnlint-utils');

/** Without incoming and outgoing elements the engine runs, but every other tool sees loose ends. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:SequenceFlow')) {
      return;
    }
    if (!node.sourceRef || !node.targetRef) {
      reporter.report(node.id, 'Flow does not lead from one element to another');
      return;
    }
    if (!(node.sourceRef.outgoing || []).includes(node)) {
      reporter.report(node.sourceRef.id, `Outgoing flow <${node.id}> is not listed`);
    }
    if (!(node.targetRef.incoming || []).includes(node)) {
      reporter.report(node.targetRef.id, `Incoming flow <${node.id}> is not listed`);
    }
  }
});
