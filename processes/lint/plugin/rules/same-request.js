const { is } = require('bpmnlint-utils');
const { extensions } = require('../model');

const NAME = /^[a-z][a-z0-9-]*$/;
const OWN_KEY = /^[$#]\{execution\.processBusinessKey}$/;
const EXPECTED = ['business key', 'requestId', 'stage'];

/** What is called reviews this request, in a stage that policy can owe, and gets nothing else. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:CallActivity')) {
      return;
    }
    const given = extensions(node, 'camunda:In').map((mapping) => what(node, mapping));
    if (given.includes('something else')) {
      reporter.report(node.id, 'Hands over something else than its business key, requestId and the name of a stage');
      return;
    }
    for (const each of EXPECTED) {
      const times = given.filter((one) => one === each).length;
      if (times !== 1) {
        reporter.report(node.id, `Hands over <${each}> ${times} times instead of once`);
      }
    }
  }
});

function what(node, { businessKey, source, sourceExpression, target, variables, local }) {
  if (local || variables !== undefined) {
    return 'something else';
  }
  if (businessKey !== undefined) {
    return OWN_KEY.test(businessKey) && target === undefined ? 'business key' : 'something else';
  }
  if (target === 'requestId') {
    return source === 'requestId' && sourceExpression === undefined ? 'requestId' : 'something else';
  }
  const isStage =
    source === undefined
      ? NAME.test(sourceExpression || '')
      : sourceExpression === undefined && loopVariables(node).includes(source);
  return target === 'stage' && isStage ? 'stage' : 'something else';
}

/** What the multi-instances around a call go through. */
function loopVariables(node) {
  const own = node.loopCharacteristics && node.loopCharacteristics.get('camunda:elementVariable');
  return node.$parent && is(node.$parent, 'bpmn:FlowNode') ? [own, ...loopVariables(node.$parent)] : [own];
}
