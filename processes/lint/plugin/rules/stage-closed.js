const { is } = require('bpmnlint-utils');
const { graphRule } = require('../graph/findings');
const { STAGE_CLOSED } = require('../graph/token');

const uncaught = graphRule('stage-closed')();

/** A stage that was not approved leaves by the one error there is, and its caller catches it by name. */
module.exports = () => ({
  check(node, reporter) {
    uncaught.check(node, reporter);
    const errors = (node.eventDefinitions || []).filter((each) => is(each, 'bpmn:ErrorEventDefinition'));
    if (errors.some(({ errorRef }) => !errorRef || errorRef.errorCode !== STAGE_CLOSED)) {
      reporter.report(node.id, `The only error there is has the code <${STAGE_CLOSED}>`);
    }
  }
});
