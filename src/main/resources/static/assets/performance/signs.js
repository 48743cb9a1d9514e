import { el, section } from '../review/dom.js';
import { visible } from '../review/visible.js';
import { percent } from './numbers.js';

/** Who is worth a look and on what grounds, with how it is measured. */
export function signs(report) {
  const found = report.reviewers.filter(({ vigilance }) => vigilance.grounds.length > 0);
  const content = found.length === 0 ? el('p', {}, 'No sign in these days that somebody approves without looking.') : el('ul', { class: 'signs' }, found.map(sign));
  const note = el('p', { class: 'soft' }, 'A sign is a reason to ask, no verdict.');
  const numbers = report.named ? null : el('p', { class: 'soft' }, 'Reviewers are numbered for this page only. Managers see names.');
  return section('Worth a look', { class: 'worth' }, content, note, numbers, measured(report));
}

function sign({ reviewer, vigilance }) {
  return el('li', {}, el('strong', {}, visible(reviewer)), el('ul', {}, vigilance.grounds.map(({ text }) => el('li', {}, visible(text)))));
}

function measured({ yardstick, total }) {
  const { wordsPerMinute, leastDecisions, leastTooFast, longStreak } = yardstick;
  const rows = [
    ['Time to decide', 'From the opening of the review to the decision, nights included; while the agent owed an answer it is not counted.'],
    ['Steps in', `Edits, rejects, sends back, or asks the agent first. Named here from ${leastDecisions} decisions on, if the highest rate that fits what was seen (Wilson's interval, ${percent(0.95)}) is below the rate of others on the same actions.`],
    ['Too fast to read', `Approved sooner after the review was opened than headline, parameters and rationale can be read at ${wordsPerMinute} words a minute (Brysbaert 2019). Named from ${leastTooFast} on. Somebody who lets a review wait first is never too fast by this measure, and an agent can make its text long.`],
    ['Row of approvals', `Approvals of unchanged actions without a question, one after the other. Named from ${longStreak} on.`],
    ['Days', 'In UTC. Requests by the day they were proposed, decisions by the day they were made, deadlines by the day they passed.'],
    ['Left out', 'Objections to what had run already, and what reviewer services said.'],
    ['Known times', `Those of ${total.decisions.timed} of ${total.decisions.count} decisions.`],
  ];
  return el('details', { class: 'numbers' }, el('summary', {}, 'How this is measured'), el('dl', { class: 'measured' }, rows.flatMap(([name, text]) => [el('dt', {}, name), el('dd', {}, text)])));
}
