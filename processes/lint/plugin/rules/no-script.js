const { is } = require('bpmnlint-utils');
const { clickable, walk } = require('../model');

/** A script is code that no test, no review of code and no type checker sees. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:Process')) {
      return;
    }
    walk(node, (element) => {
      const scripted =
        is(element, 'bpmn:ScriptTask') ||
        is(element, 'camunda:Script') ||
        (is(element, 'bpmn:FormalExpression') && element.language);
      if (scripted) {
        reporter.report(clickable(element).id, 'Scripts are not allowed');
      }
    });
  }
});
