const { is } = require('bpmnlint-utils');

const PROCESS = /^[a-z]+(-[a-z0-9]+)+$/;
const NAME = /^[A-Z][A-Za-z0-9]*$/;

/** Ids are constants in code and rows in Cockpit: Type_Name, and verb-noun for the process. */
module.exports = () => ({
  check(node, reporter) {
    if (is(node, 'bpmn:Process')) {
      if (!PROCESS.test(node.id)) {
        reporter.report(node.id, `Process id <${node.id}> is not kebab-case verb-noun`);
      }
    } else if (is(node, 'bpmn:FlowElement')) {
      const type = idType(node);
      const [prefix, name, ...rest] = (node.id || '').split('_');
      if (prefix !== type || rest.length > 0 || !NAME.test(name || '')) {
        reporter.report(node.id, `Id <${node.id}> is not ${type}_Name`);
      }
    }
  }
});

function idType(node) {
  if (is(node, 'bpmn:SequenceFlow')) {
    return 'Flow';
  }
  return is(node, 'bpmn:Gateway') ? 'Gateway' : node.$type.replace('bpmn:', '');
}
