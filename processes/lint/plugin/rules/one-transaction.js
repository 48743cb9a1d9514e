const { clickable, walk } = require('../model');
const { is } = require('bpmnlint-utils');

const SPLITS = ['camunda:asyncBefore', 'camunda:asyncAfter', 'camunda:async'];

/** A job that fails for good would leave a decided review behind, or a request that nobody is told of. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:Process')) {
      return;
    }
    walk(node, (element) => {
      if (SPLITS.some((name) => element.get(name) === true)) {
        reporter.report(clickable(element).id, 'Step is a transaction of its own');
      }
    });
  }
});
