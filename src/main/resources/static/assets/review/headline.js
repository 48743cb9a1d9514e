import { el, given } from './dom.js';
import { visible } from './visible.js';

const ASKS = {
  clarification: ' has a question about ',
  quality_review: ' asks for a check of ',
  decision_support: ' asks you to choose for ',
  exception: ' reports a problem with ',
};
const SEVERITY = { low: 'Low consequence', high: 'High consequence' };

/** What will happen, who asks for it, and how grave it is: typed facts only. */
export function headline(request) {
  const presentation = request.presentation ?? {};
  return el(
    'header',
    { class: 'headline' },
    el('p', { class: 'who' }, ...who(request)),
    el('h2', {}, visible(presentation.headline ?? request.action)),
    consequence(request, presentation.consequence),
  );
}

function who(request) {
  const parts = [el('span', { class: 'agent' }, visible(request.agent ?? 'An agent')), ASKS[request.pattern] ?? ' asks for '];
  parts.push(el('code', {}, visible(request.action)));
  if (given(request.onBehalfOf)) parts.push(' on behalf of ', el('span', {}, visible(request.onBehalfOf)));
  return parts;
}

/** How grave it is, and how urgent, in a word or two each. */
export function badges(request) {
  const level = SEVERITY[request.severity] ?? `Consequence: ${request.severity ?? 'unknown'}`;
  const grave = request.severity !== 'low';
  const all = [el('span', { class: grave ? 'badge grave' : 'badge' }, visible(level))];
  if (request.reversible === false) all.push(el('span', { class: 'badge grave' }, 'Cannot be undone'));
  if (request.reversible === true) all.push(el('span', { class: 'badge' }, 'Can be undone'));
  if (given(request.urgency)) all.push(el('span', { class: 'badge' }, visible(`Urgency: ${request.urgency}`)));
  return el('div', { class: 'badges' }, all);
}

function consequence(request, sentence) {
  return el(
    'div',
    { class: 'consequence' },
    badges(request),
    given(sentence) ? el('p', {}, visible(sentence)) : null,
  );
}
