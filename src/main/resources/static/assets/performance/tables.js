import { el } from '../review/dom.js';
import { visible } from '../review/visible.js';
import { day, duration, rate } from './numbers.js';
import { OUTCOMES } from './series.js';

/** The numbers of the chart of outcomes. */
export function outcomeTable({ spans, by }) {
  const columns = [
    [by === 'week' ? 'Week from' : 'Day', ({ start }) => day(start)],
    ['Proposed', ({ proposed }) => proposed],
    ['By policy', ({ proposed, asked }) => proposed - asked.count],
    ...OUTCOMES.map(({ name, count }) => [name, count]),
    ['Missed deadlines', ({ missedDeadlines }) => missedDeadlines],
  ];
  return folded('The same in numbers: what became of it', columns, spans);
}

/** The numbers of the chart of times. */
export function timeTable({ spans, by }) {
  const columns = [
    [by === 'week' ? 'Week from' : 'Day', ({ start }) => day(start)],
    ['Decisions', ({ decisions }) => decisions.count],
    ['Median', ({ decisions }) => duration(decisions.medianSeconds)],
    ['95 % within', ({ decisions }) => duration(decisions.p95Seconds)],
  ];
  return folded('The same in numbers: time to decide', columns, spans);
}

/** Every action, with the way to its requests. */
export function actionTable({ actions }) {
  const columns = [
    ['Action', nameOf],
    ['Proposed', ({ proposed }) => proposed],
    ['To people', ({ asked }) => asked.count],
    ['Approved', ({ asked }) => rate(asked.rates.approved, asked)],
    ['With edits', ({ asked }) => rate(asked.rates.approved_with_edits, asked)],
    ['Rejected', ({ asked }) => rate(asked.rates.rejected, asked)],
    ['Sent back', ({ asked }) => rate(asked.rates.revision_requested, asked)],
    ['Expired', ({ asked }) => rate(asked.rates.expired, asked)],
    ['Median', ({ decisions }) => duration(decisions.medianSeconds)],
    ['95 % within', ({ decisions }) => duration(decisions.p95Seconds)],
    ['Missed deadlines', ({ missedDeadlines }) => missedDeadlines],
  ];
  return table('Actions', columns, actions);
}

/** Every reviewer: load, decisions, and the numbers behind the signs. */
export function reviewerTable({ reviewers }) {
  const columns = [
    ['Reviewer', ({ reviewer }) => visible(reviewer)],
    ['Open now', ({ openNow }) => openNow],
    ['Decided', ({ decisions }) => decisions.count],
    ['Approved', ({ approved }) => approved],
    ['Edited', ({ edited }) => edited],
    ['Rejected', ({ rejected }) => rejected],
    ['Sent back', ({ sentBack }) => sentBack],
    ['Median', ({ decisions }) => duration(decisions.medianSeconds)],
    ['Longest row of approvals', ({ vigilance }) => vigilance.longestStreak],
    ['Too fast to read', ({ vigilance }) => `${vigilance.tooFast} of ${vigilance.readable}`],
  ];
  return table('Reviewers', columns, reviewers);
}

function nameOf({ action }) {
  if (action === '') return el('span', { class: 'soft' }, 'not in the manifest');
  const href = `/camunda/app/cockpit/default/#/approvals?${new URLSearchParams({ action })}`;
  return el('a', { href }, visible(action));
}

function folded(caption, columns, rows) {
  return el('details', { class: 'numbers' }, el('summary', {}, caption), table(caption, columns, rows));
}

/** A table too wide for its place is scrolled, by keyboard too. */
function table(caption, columns, rows) {
  const head = el('tr', {}, columns.map(([title]) => el('th', { scope: 'col' }, title)));
  const body = rows.map((row) => el('tr', {}, columns.map(([, value], column) => el(column === 0 ? 'th' : 'td', column === 0 ? { scope: 'row' } : {}, value(row)))));
  const content = el('table', {}, el('caption', { class: 'hidden-label' }, caption), el('thead', {}, head), el('tbody', {}, body));
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${caption}, table` }, content);
}
