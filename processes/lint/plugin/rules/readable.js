const { is } = require('bpmnlint-utils');

/** The engine leaves out what is not executable, without a word. */
module.exports = () => ({
  check(node, reporter) {
    if (is(node, 'bpmn:Process') && node.isExecutable !== true) {
      reporter.report(node.id, 'The process is not executable');
    }
  }
});
