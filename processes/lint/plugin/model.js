const { is } = require('bpmnlint-utils');

/** The camunda extension elements of one type that a node carries. */
function extensions(node, type) {
  const values = (node.extensionElements && node.extensionElements.values) || [];
  return values.filter((value) => is(value, type));
}

function isTimer(node) {
  return (node.eventDefinitions || []).some((definition) => is(definition, 'bpmn:TimerEventDefinition'));
}

/** All flow elements of a process, those of its sub-processes included. */
function flowElements(scope) {
  return (scope.flowElements || []).flatMap((element) => [element, ...flowElements(element)]);
}

function boundaryEvents(activity) {
  return flowElements(activity.$parent).filter(
    (element) => is(element, 'bpmn:BoundaryEvent') && element.attachedToRef === activity
  );
}

/** Calls back for the element and everything it contains, references not followed; what nobody knows has no properties. */
function walk(element, visit) {
  visit(element);
  (element.$children || []).forEach((child) => walk(child, visit));
  for (const property of element.$descriptor.properties || []) {
    if (property.isReference) {
      continue;
    }
    const children = [].concat(element.get(property.name) || []);
    children.filter((child) => child && child.$descriptor && child.$type).forEach((child) => walk(child, visit));
  }
}

/** The nearest enclosing element a modeler can click on. */
function clickable(element) {
  let owner = element;
  while (owner && !is(owner, 'bpmn:FlowElement') && !is(owner, 'bpmn:Process')) {
    owner = owner.$parent;
  }
  return owner || element;
}

module.exports = { boundaryEvents, clickable, extensions, flowElements, isTimer, walk };
