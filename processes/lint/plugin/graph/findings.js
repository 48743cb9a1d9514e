const { is } = require('bpmnlint-utils');
const blocks = require('./blocks.json');
const { Drawing } = require('./drawing');
const { APPROVING } = require('./token');
const { Tour } = require('./tour');
const { outcome } = require('../outcomes');

const saysOutcome = (node) => node.isEnd && (saysApproved(node) || outcome(node.element));
const saysApproved = (node) => node.isEnd && /approv/i.test(`${node.id} ${node.name}`);

/** What must hold whenever a token arrives somewhere, whichever way it has come. */
const ARRIVALS = [
  ['concluded-once', (at) => at.concludes && at.token.concluded && 'The request is concluded a second time'],
  ['concluded-once', (at) => at.concludes && at.token.branches.length > 0 && 'Concludes while another branch is running'],
  ['concluded-once', (at) => at.concludes && at.place.caller && 'A called process concludes; only the chain itself may'],
  ['concluded-once', (at) => at.calls.concludes && 'Calls a chain that concludes; only the chain itself may'],
  ['concluded-once', (at) => at.asks && at.token.concluded && 'Somebody is asked after the request was concluded'],
  ['concluded-once', (at) => at.endsChain && !at.token.concluded && 'Ends without having concluded the request'],
  ['handed-back', (at) => at.handsBack && !at.token.concluded && 'Hands back before the request was concluded'],
  ['handed-back', (at) => at.handsBack && at.token.handedBack && 'Hands back a second time'],
  ['handed-back', (at) => at.node.isWait && isUntold(at) && 'Waits between the conclusion and telling the agent'],
  ['handed-back', (at) => at.endsChain && isUntold(at) && 'Ends, and the agent was never told'],
  ['asks-the-outcome', (at) => at.endsChain && at.token.concluded && saysSomethingElse(at)],
  ['person-asked', (at) => at.endsChain && approves(at) && !at.token.personAsked && 'Approves without any review by people'],
  ['side-paths', (at) => isBeside(at) && doesMore(at) && 'Runs beside a review and may only note something and end'],
  ['no-orphan', (at) => at.node.isWait && !at.hasDeadline && 'Can wait for ever: no interrupting timer ends it']
];

const isUntold = ({ token }) => token.concluded && !token.handedBack;
const isBeside = ({ token }) => token.branches.some((branch) => branch.isSide);
const approves = ({ node, token }) => saysApproved(node) || APPROVING.includes(token.asked);
const doesMore = ({ node, asks, concludes, handsBack }) =>
  asks || node.isWait || node.isTerminate || (node.isEnd && node.isError) || concludes || handsBack;

function saysSomethingElse({ node, token: { asked } }) {
  const says = outcome(node.element);
  if (saysApproved(node) && (!says || says !== asked)) {
    return 'Says approved, but no gateway on the way asked whether this is the recorded outcome';
  }
  return asked && says !== asked && `The recorded outcome is <${asked}> here, but this end says something else`;
}

/** Every finding of the walks through the processes of one file, each once, by the shortest way to it. */
function findings(definitions) {
  const models = modelsOf([definitions], blocks);
  if (goInCircles(models)) {
    // No token would ever get through; a rule of its own says so.
    return [];
  }
  const tours = [...models.drawings.values()]
    .filter((drawing) => !models.isCalled(drawing) || concludes(drawing))
    .flatMap((drawing) => [
      { drawing, tour: new Tour(drawing, models, false) },
      { drawing, tour: new Tour(drawing, models, true), isSilent: true }
    ]);
  const errors = [...models.drawings.values()].filter((drawing) => isChain(drawing, models)).flatMap(thrownByChain);
  return distinct([...tours.flatMap((each) => found(each, models)), ...errors, ...deadEnds(models, tours)]);
}

/** Processes that are checked together, and what is known about those they may call beside them. */
function modelsOf(files, known) {
  const drawings = new Map(
    files
      .flatMap((definitions) => definitions.rootElements || [])
      .filter((element) => is(element, 'bpmn:Process'))
      .map((process) => [process.id, new Drawing(process)])
  );
  const called = (node) => (node.isCall ? drawings.get(node.element.calledElement) : undefined);
  const isCalled = (drawing) => [...drawings.values()].some((each) => each.all().some((node) => called(node) === drawing));
  const isBlock = (id) => id in blocks && !blocks[id].concludes;
  return { drawings, blocks: known, called, isCalled, isBlock };
}

const concludes = (drawing) => drawing.all().some((node) => node.bean === 'concludeRequest');

/** A chain concludes, or speaks of outcomes; anything else in a file of its own may be a building block. */
function isChain(drawing, models) {
  const all = [drawing, ...calls(models, drawing)];
  return !models.isBlock(drawing.id) && (concludes(drawing) || (!models.isCalled(drawing) && all.some(speaksOfOutcomes)));
}

function speaksOfOutcomes(drawing) {
  return drawing
    .all()
    .some((node) => node.bean === 'concludeRequest' || saysOutcome(node) || node.out.some((flow) => flow.asks));
}

const goInCircles = (models) => [...models.drawings.values()].some((drawing) => calls(models, drawing).has(drawing));

/** All that a process calls, and what that calls in turn. */
function calls(models, drawing) {
  const below = new Set();
  const add = (each) => each && !below.has(each) && below.add(each) && each.all().forEach((node) => add(models.called(node)));
  drawing.all().forEach((node) => add(models.called(node)));
  return below;
}

function found({ drawing, tour, isSilent }, models) {
  const finding = ({ rule, at, sentence }) => ({
    rule,
    id: at.place.node.id,
    message: `${sentence}: ${tour.path(at).join(' > ')}`,
    sentence
  });
  const states = [...tour.states.values()].filter((at) => !at.arrivedBy);
  const tooLarge = tour.isTooLarge
    ? [{ rule: 'no-silent-approval', id: drawing.id, message: 'There are too many ways through this to check them all' }]
    : [];
  if (isSilent) {
    const sentence = 'Without a decision of any person, a token gets to this approving end';
    const ends = states
      .filter((at) => saysApproved(at.place.node))
      .map((at) => ({ rule: 'no-silent-approval', at, sentence }));
    const notes = tour.notes.filter((note) => note.rule === 'no-silent-approval');
    return [...tooLarge, ...[...notes, ...ends].map(finding)];
  }
  const chain = isChain(drawing, models);
  const arrived = states.flatMap((at) => against(at, chain, tour.moves));
  return [...tour.notes, ...arrived].map(finding);
}

function against(at, chain, moves) {
  const { node, caller } = at.place;
  const isOutermost = !caller && (!node.scope || node.scope.isEventSubProcess);
  const facts = {
    ...at,
    node,
    concludes: node.bean === 'concludeRequest',
    handsBack: node.bean === 'handBackDecision',
    asks: node.isUserTask || node.isCall,
    calls: node.isCall && !moves.models.called(node) ? moves.facts(node) : {},
    endsChain: chain && node.isEnd && isOutermost,
    hasDeadline: !node.isWait || hasDeadline(at.place, moves)
  };
  return ARRIVALS.map(([rule, arrival]) => ({ rule, at, sentence: arrival(facts) })).filter(({ sentence }) => sentence);
}

function hasDeadline(wait, moves) {
  const ends = (event) => event.isTimer && event.isInterrupting;
  return (
    wait.node.isTimer ||
    (wait.node.isEventGateway && wait.node.out.some((flow) => flow.to.isTimer)) ||
    wait
      .outwards()
      .some((each) => [...each.node.boundaries, ...moves.eventSubProcessesBeside(each).flatMap((sub) => sub.inner)].some(ends))
  );
}

function thrownByChain(drawing) {
  const message = 'Only a stage is left by an error; a chain ends in an outcome';
  return drawing
    .all()
    .filter((node) => node.isEnd && node.isError)
    .map(({ id }) => ({ rule: 'stage-closed', id, message }));
}

function deadEnds(models, tours) {
  const [visited, ending] = [new Set(), new Set()];
  for (const { tour } of tours.filter(({ isSilent }) => !isSilent)) {
    const keys = tour.ending();
    for (const [key, at] of tour.states) {
      (keys.has(key) ? ending : visited).add(at.place.node);
    }
  }
  return [...models.drawings.values()]
    .flatMap((drawing) => drawing.all())
    .filter((node) => !node.isEventSubProcess && !ending.has(node))
    .map((node) => {
      const message = visited.has(node) ? 'From here no end can be reached' : 'Nothing ever leads here';
      return { rule: 'dead-ends', id: node.id, message };
    });
}

function distinct(all) {
  const byPlace = new Map();
  for (const one of all) {
    const key = `${one.rule} ${one.id} ${one.sentence}`;
    byPlace.set(key, byPlace.get(key) || one);
  }
  return [...byPlace.values()];
}

/** The calls by which a process calls itself in the end. */
function circles(definitions) {
  const models = modelsOf([definitions], blocks);
  return [...models.drawings.values()].flatMap((drawing) =>
    drawing.all().filter((node) => {
      const called = models.called(node);
      return called && (called === drawing || calls(models, called).has(drawing));
    })
  );
}

const walked = new WeakMap();

/** All rules of one pass share a walk: a pass is synchronous, and whatever edits the model comes after it. */
function graphRule(rule) {
  return () => ({
    check(definitions, reporter) {
      if (!is(definitions, 'bpmn:Definitions')) {
        return;
      }
      if (!walked.has(definitions)) {
        walked.set(definitions, findings(definitions));
        queueMicrotask(() => walked.delete(definitions));
      }
      walked
        .get(definitions)
        .filter((finding) => finding.rule === rule)
        .forEach(({ id, message }) => reporter.report(id, message));
    }
  });
}

module.exports = { circles, graphRule, modelsOf };
