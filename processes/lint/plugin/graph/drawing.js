const { is, isAny } = require('bpmnlint-utils');

const OUTCOME = /^[$#]\{\s*outcome\s*==\s*'(\w+)'\s*}$/;
const BEAN = /^[$#]\{\s*(\w+)\s*}$/;
const NEVER_EMPTY = /^[$#]\{\s*stagePlan\.(next\(execution\)|seats\(execution, '[a-z][a-z0-9-]*'\))\s*}$/;
const AT_LEAST_ONE = /^[1-9]\d?$/;

/** The user tasks in which people approve, by process; decisions in any other are recorded nowhere. */
const REVIEWS = { 'review-stage': 'UserTask_ReviewAction' };

/** One process as it was drawn: its elements, and how tokens go from one to the next. */
class Drawing {
  constructor(process) {
    this.id = process.id;
    this.process = process;
    this.nodes = new Map();
    this.add(process, null);
    for (const node of this.nodes.values()) {
      const host = this.nodes.get(node.element.attachedToRef);
      if (host) {
        host.boundaries.push(node);
        node.host = host;
      }
    }
    this.connect(process);
    for (const node of this.nodes.values()) {
      node.isWait = isWait(node);
    }
  }

  add(container, scope) {
    for (const element of container.flowElements || []) {
      if (is(element, 'bpmn:FlowNode')) {
        const node = nodeOf(element, this.id, scope, `${this.id}.${this.nodes.size}`);
        this.nodes.set(element, node);
        (scope ? scope.inner : []).push(node);
        this.add(element, node);
      }
    }
  }

  connect(container) {
    for (const element of container.flowElements || []) {
      if (is(element, 'bpmn:SequenceFlow')) {
        const [from, to] = [this.nodes.get(element.sourceRef), this.nodes.get(element.targetRef)];
        if (from && to) {
          const condition = ((element.conditionExpression || {}).body || '').trim();
          const asks = (OUTCOME.exec(condition) || [])[1];
          const isDefault = from.isExclusive && from.element.default === element;
          const flow = { id: element.id, from, to, condition, asks, isDefault };
          from.out.push(flow);
          to.in.push(flow);
        }
      }
      this.connect(element);
    }
  }

  all() {
    return [...this.nodes.values()];
  }

  topLevel() {
    return this.all().filter((node) => !node.scope);
  }

  starts() {
    return this.topLevel().filter((node) => node.isStart);
  }

  links(thrown) {
    return this.all().filter((node) => !node.isThrowing && node.scope === thrown.scope && node.link === thrown.link);
  }
}

function nodeOf(element, process, scope, key) {
  const definitions = element.eventDefinitions || [];
  const definition = (type) => definitions.find((each) => is(each, `bpmn:${type}EventDefinition`));
  const isA = (...types) => isAny(element, types.map((type) => `bpmn:${type}`));
  const error = definition('Error');
  const bean = is(element, 'bpmn:ServiceTask') && BEAN.exec(element.get('camunda:delegateExpression') || '');
  return {
    key,
    id: element.id,
    name: element.name || '',
    element,
    process,
    scope,
    level: scope ? scope.level + 1 : 0,
    inner: [],
    boundaries: [],
    in: [],
    out: [],
    definitions,
    isStart: isA('StartEvent'),
    isEnd: isA('EndEvent'),
    isThrowing: isA('ThrowEvent'),
    isUserTask: isA('UserTask'),
    isReview: REVIEWS[process] === element.id,
    isExclusive: isA('ExclusiveGateway'),
    isParallel: isA('ParallelGateway'),
    isEventGateway: isA('EventBasedGateway'),
    isSubProcess: isA('SubProcess'),
    isEventSubProcess: isA('SubProcess') && Boolean(element.triggeredByEvent),
    isCall: isA('CallActivity'),
    isInterrupting: isA('BoundaryEvent') ? element.cancelActivity !== false : element.isInterrupting !== false,
    isTimer: Boolean(definition('Timer')),
    isMessage: Boolean(definition('Message')),
    isTerminate: Boolean(definition('Terminate')),
    isError: Boolean(error),
    errorCode: ((error || {}).errorRef || {}).errorCode || '',
    link: (definition('Link') || {}).name,
    bean: bean ? bean[1] : '',
    mayAskNobody: mayBeEmpty(element.loopCharacteristics)
  };
}

/** A multi-instance over nothing is passed at once. */
function mayBeEmpty(loop) {
  if (!loop || !is(loop, 'bpmn:MultiInstanceLoopCharacteristics')) {
    return false;
  }
  const collection = loop.get('camunda:collection');
  return collection === undefined
    ? !AT_LEAST_ONE.test(((loop.loopCardinality || {}).body || '').trim())
    : !NEVER_EMPTY.test(collection);
}

/** Whether a token rests here until something happens; a gateway waits for the events behind it. */
function isWait(node) {
  const { element } = node;
  const isRaced = node.in.some((flow) => flow.from.isEventGateway);
  return (
    node.isUserTask ||
    node.isEventGateway ||
    is(element, 'bpmn:ReceiveTask') ||
    (is(element, 'bpmn:IntermediateCatchEvent') && node.link === undefined && !isRaced) ||
    Boolean(element.get('camunda:asyncBefore') || element.get('camunda:asyncAfter'))
  );
}

module.exports = { Drawing };
