const { is, isAny } = require('bpmnlint-utils');
const { OUTCOMES } = require('../outcomes');

const ASKED = /^[$#]\{\s*outcome\s*==\s*'(\w+)'\s*}$/;
const SPLITS = ['bpmn:ExclusiveGateway', 'bpmn:ParallelGateway', 'bpmn:EventBasedGateway'];

/** Only exclusive gateways choose, and they have an answer for everything. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:FlowNode')) {
      return;
    }
    const out = (node.$parent.flowElements || []).filter((each) => is(each, 'bpmn:SequenceFlow') && each.sourceRef === node);
    if (is(node, 'bpmn:ExclusiveGateway') && out.length > 1) {
      chooses(node, out, reporter);
    } else if (out.some((flow) => flow.conditionExpression)) {
      reporter.report(node.id, 'Only an exclusive gateway with several ways on may ask a condition');
    }
    if (out.length > 1 && !isAny(node, SPLITS)) {
      reporter.report(node.id, 'Several ways lead on from here; only a gateway may choose or fork');
    }
  }
});

function chooses(gateway, out, reporter) {
  const asking = out.filter((flow) => flow !== gateway.default);
  asking
    .filter((flow) => !flow.conditionExpression)
    .forEach((flow) => reporter.report(gateway.id, `<${flow.id}> is neither the default nor has it a condition`));
  if (gateway.default && gateway.default.conditionExpression) {
    reporter.report(gateway.id, `<${gateway.default.id}> is the default and has a condition, which nobody asks`);
  }
  const asked = asking.map((flow) => (ASKED.exec((flow.conditionExpression || {}).body || '') || [])[1]);
  const asksForAll = OUTCOMES.every((name) => asked.includes(name.toLowerCase().replaceAll(' ', '_')));
  if (asking.length === out.length && !asksForAll) {
    reporter.report(gateway.id, 'Without a default flow a token stops here if no condition holds');
  }
}
