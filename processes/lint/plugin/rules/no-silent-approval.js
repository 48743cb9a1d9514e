const { is, isAny } = require('bpmnlint-utils');
const { flowElements, isTimer } = require('../model');

const APPROVAL = /\$\{\s*outcome\s*==\s*'approved(_with_edits)?'\s*}/;

/**
 * Silence never approves: no path from a timer reaches an approving end unless people are asked
 * again, and no path at all reaches one without asking for the recorded outcome.
 */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:Process')) {
      return;
    }
    const flows = flowElements(node).filter((element) => is(element, 'bpmn:SequenceFlow'));
    const nodes = flowElements(node).filter((element) => is(element, 'bpmn:FlowNode'));
    const unasked = flows.filter((flow) => !asksForApproval(flow));

    for (const end of approvingEndsAfter(nodes.filter(isTimer), flows, asksPeople)) {
      reporter.report(end.id, 'A timer can reach this approving end without anybody being asked');
    }
    for (const end of approvingEndsAfter(nodes.filter((each) => !isTimer(each)), unasked, () => false)) {
      reporter.report(end.id, "This approving end can be reached without a flow that asks for ${outcome == 'approved'}");
    }
  }
});

function approvingEndsAfter(starts, flows, stopsAt) {
  const seen = new Set(starts.filter((node) => !isApprovingEnd(node)));
  for (const node of seen) {
    if (!stopsAt(node)) {
      next(node, flows).forEach((target) => seen.add(target));
    }
  }
  return [...seen].filter(isApprovingEnd);
}

function next(node, flows) {
  const targets = flows.filter((flow) => flow.sourceRef === node).map((flow) => flow.targetRef);
  const leavesScope = is(node, 'bpmn:EndEvent') && is(node.$parent, 'bpmn:SubProcess');
  return leavesScope ? [...targets, node.$parent] : targets;
}

function asksForApproval(flow) {
  return Boolean(flow.conditionExpression) && APPROVAL.test(flow.conditionExpression.body || '');
}

function asksPeople(node) {
  return isAny(node, ['bpmn:UserTask', 'bpmn:CallActivity']);
}

function isApprovingEnd(node) {
  return is(node, 'bpmn:EndEvent') && /approv/i.test(`${node.id} ${node.name}`);
}
