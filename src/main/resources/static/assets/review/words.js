import { changeList, difference } from './changes.js';
import { el, given, section } from './dom.js';
import { shortMoment } from './clock.js';
import { longList, searchableList } from './long.js';
import { optionsOffered } from './options.js';
import { shownVersion } from './stages.js';
import { visible } from './visible.js';
import { prose } from './value.js';

/** Everything the agent says about itself: fenced off, labelled, and never more than text. */
export function agentsWords(request, { withOptions }) {
  const context = request.context ?? {};
  const parts = [
    said(request.pattern === 'clarification' ? 'Its question' : 'Rationale', request.rationale),
    said('Expected outcome', request.expectedOutcome),
    effect(request, context.stateBefore),
    said('Basis of its confidence', request.confidenceBasis),
    list('What it is unsure about', request.uncertaintyFactors),
    request.recommendedReview === true ? said('Its own wish', 'A person should look at this.') : null,
    withOptions ? folded('Options it offered', optionsOffered(request), (option) => option) : null,
    list(`Completed steps${step(request.run)}`, context.completedSteps),
    folded('Tool calls', context.toolCalls, toolCall),
    folded('Reasoning trace', context.reasoningTrace, (line) => prose(line, 'Reasoning')),
    folded('Outputs', context.outputs, (output) => prose(output, 'Output')),
    folded('State before', given(context.stateBefore) ? [context.stateBefore] : [], (state) => prose(state, 'State before')),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  const note = el('p', { class: 'soft' }, 'Written by the agent. Nobody has checked it; only exact values shown outside this box are carried out.');
  return section("The agent's own words — unverified", { class: 'fence' }, note, ...parts);
}

function step(run) {
  return run && given(run.step) ? ` (step ${run.step}${given(run.of) ? ` of ${run.of}` : ''})` : '';
}

function said(title, value) {
  return given(value) ? el('div', { class: 'said' }, el('h4', {}, title), prose(value, title)) : null;
}

/** How what is proposed differs from what the agent says there was before, in the names that both have. */
function effect(request, before) {
  const { parameters } = shownVersion(request);
  const isObject = before !== null && typeof before === 'object' && !Array.isArray(before);
  const names = isObject ? Object.keys(parameters).filter((name) => Object.hasOwn(before, name)) : [];
  const only = (all) => Object.fromEntries(names.map((name) => [name, all[name]]));
  const changes = difference(only(before), only(parameters));
  if (changes.length === 0) return null;
  return el('div', { class: 'said effect' }, el('h4', {}, 'What would change, if its state before is right'), changeList(request, changes, before));
}

function list(title, values) {
  if (!given(values)) return null;
  return el('div', { class: 'said' }, el('h4', {}, visible(title)), longList(values, (value) => prose(value, title), {}));
}

/** Drawn when it is opened first: what an agent adds here may be large. */
function folded(title, values, draw) {
  if (!given(values)) return null;
  const summary = el('summary', {}, title, values.length > 1 ? el('span', { class: 'badge' }, values.length) : null);
  const details = el('details', {}, summary);
  const fill = () => {
    if (details.childElementCount === 1) details.append(searchableList(title, values, draw));
  };
  summary.addEventListener('click', fill);
  details.addEventListener('toggle', fill);
  return details;
}

function toolCall(call) {
  const head = el('p', { class: 'call' }, el('code', {}, visible(call.name ?? 'unnamed tool')));
  if (given(call.at)) head.append(' ', shortMoment(call.at));
  const parts = [head];
  if (given(call.arguments)) parts.push(el('h5', {}, 'Arguments'), prose(call.arguments, 'Arguments'));
  if (given(call.result)) parts.push(el('h5', {}, 'Result'), prose(call.result, 'Result'));
  return el('div', {}, parts);
}
