const { is } = require('bpmnlint-utils');
const { circles } = require('../graph/findings');

const NAME = /^[a-z][a-z0-9-]*$/;

/** The default binding, latest, would change the rules of requests already under way. */
module.exports = () => ({
  check(node, reporter) {
    if (is(node, 'bpmn:CallActivity') && node.get('camunda:calledElementBinding') !== 'deployment') {
      reporter.report(node.id, 'Called process is not bound to this deployment');
    }
    if (is(node, 'bpmn:CallActivity') && !NAME.test(node.calledElement || '')) {
      reporter.report(node.id, 'What is called is not written down by its name');
    }
    if (is(node, 'bpmn:BusinessRuleTask') && node.get('camunda:decisionRefBinding') !== 'deployment') {
      reporter.report(node.id, 'Decision is not bound to this deployment');
    }
    if (is(node, 'bpmn:Definitions')) {
      circles(node).forEach((call) => reporter.report(call.id, 'The called process calls this one in turn'));
    }
  }
});
