const { is } = require('bpmnlint-utils');

/** The default binding, latest, would change the rules of requests already under way. */
module.exports = () => ({
  check(node, reporter) {
    if (is(node, 'bpmn:CallActivity') && node.get('camunda:calledElementBinding') !== 'deployment') {
      reporter.report(node.id, 'Called process is not bound to this deployment');
    }
    if (is(node, 'bpmn:BusinessRuleTask') && node.get('camunda:decisionRefBinding') !== 'deployment') {
      reporter.report(node.id, 'Decision is not bound to this deployment');
    }
  }
});
