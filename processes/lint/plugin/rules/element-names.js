const { isAny, is } = require('bpmnlint-utils');

const PAST = /\b(\w+ed|\w+wn|fell|came|sent|left|met|went|told|heard)\b/i;
const EMPTY_WORDS = /^(start|end|begin|finish|done|stop)(ed|ing)?\b/i;
const NOT_A_VERB = /(ed|ing|tion|ment)$/i;

/** Tasks are verb and noun, events are past tense, forks are questions and their flows answers. */
module.exports = () => ({
  check(node, reporter) {
    const complaint = complain(node, (node.name || '').trim());
    if (complaint) {
      reporter.report(node.id, complaint);
    }
  }
});

function complain(node, name) {
  if (is(node, 'bpmn:Event') && (!PAST.test(name) || EMPTY_WORDS.test(name))) {
    return `Event name <${name}> does not say in the past tense what happened`;
  }
  if (isAny(node, ['bpmn:Task', 'bpmn:CallActivity']) && !isVerbAndNoun(name)) {
    return `Task name <${name}> is not a verb and a noun`;
  }
  if (isDecision(node) && !name.endsWith('?')) {
    return `Gateway name <${name}> is not a question`;
  }
  if (is(node, 'bpmn:SequenceFlow') && isDecision(node.sourceRef) && (name === '' || name.endsWith('?'))) {
    return 'Flow after a question does not say the answer';
  }
  return undefined;
}

function isVerbAndNoun(name) {
  const words = name.split(/\s+/);
  return words.length >= 2 && !NOT_A_VERB.test(words[0].replace(/\W/g, ''));
}

function isDecision(node) {
  return node && isAny(node, ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway']) && (node.outgoing || []).length > 1;
}
