const { is } = require('bpmnlint-utils');

/** A reviewer without the form sees variables instead of the request. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:UserTask')) {
      return;
    }
    const formKey = node.get('camunda:formKey');
    const formRef = node.get('camunda:formRef');
    if (!formKey && !formRef) {
      reporter.report(node.id, 'User task has neither a form key nor a form reference');
    } else if (formKey && !formKey.startsWith('embedded:deployment:forms/')) {
      reporter.report(node.id, `Form key <${formKey}> does not name a form of this deployment (embedded:deployment:forms/...)`);
    } else if (formRef && node.get('camunda:formRefBinding') !== 'deployment') {
      reporter.report(node.id, 'Form reference is not bound to this deployment');
    }
  }
});
