import { el } from '../review/dom.js';
import { duration, rate } from './numbers.js';

/** The few numbers that come first. */
export function figures({ total, openNow }) {
  const { asked, decisions } = total;
  return el(
    'dl',
    { class: 'figures' },
    figure('Proposed', total.proposed, `${asked.count} of them to people`),
    figure('Approved as proposed', rate(asked.rates.approved, asked)),
    figure('Approved with edits', rate(asked.rates.approved_with_edits, asked)),
    figure('Rejected', rate(asked.rates.rejected, asked)),
    figure('Sent back', rate(asked.rates.revision_requested, asked)),
    figure('Expired', rate(asked.rates.expired, asked)),
    figure('Time to decide', duration(decisions.medianSeconds), `median; 95 % within ${duration(decisions.p95Seconds)}`),
    figure('Missed deadlines', total.missedDeadlines),
    figure('Open now', openNow.count, `${openNow.unassigned} taken by nobody`),
  );
}

function figure(name, value, note) {
  return el('div', {}, el('dt', {}, name), el('dd', { class: 'figure' }, value), note ? el('dd', { class: 'soft' }, note) : null);
}
