import { el, given, section } from './dom.js';
import { changeList } from './changes.js';
import { moment } from './clock.js';
import { visible } from './visible.js';
import { prose } from './value.js';

const STATUS = {
  pending: 'Waiting for a decision',
  information_requested: 'Waiting for an answer of the agent',
  approved: 'Approved',
  approved_with_edits: 'Approved with edits',
  rejected: 'Rejected',
  revision_requested: 'Sent back',
  answered: 'Answered',
  expired: 'Expired',
  withdrawn: 'Withdrawn by the agent',
  blocked: 'Blocked by policy',
  revoked: 'Revoked',
};

/** Every status a request can have. */
export const STATUSES = Object.keys(STATUS);

const MEANING = {
  revision_requested: 'Nothing was carried out. The agent may propose it again.',
  answered: 'Nothing was carried out. The agent has the answer.',
  rejected: 'Nothing was carried out.',
  withdrawn: 'Nothing was carried out. The agent no longer wants it.',
  revoked: 'The approval was called back.',
};
const FALLBACK = {
  deny: 'Nothing was carried out.',
  revert: 'What was carried out is to be rolled back.',
  pause_and_alert: 'Nothing was carried out; an alert was raised.',
};
const OPEN = ['pending', 'information_requested'];

/** The status of a request in words. */
export function statusText(status) {
  return Object.hasOwn(STATUS, status) ? STATUS[status] : String(status);
}

/** Whether people can still decide. */
export function isOpen(request) {
  return OPEN.includes(request.status);
}

/** Whether policy approved it and people may still call it back. */
export function offersObjection(request) {
  return !isOpen(request) && given(request.decisions);
}

/** What became of a request that is closed. */
export function outcomePanel(request) {
  if (isOpen(request)) return null;
  const decision = request.decision ?? {};
  const parts = [el('p', { class: `outcome ${request.status}` }, visible(statusText(request.status)))];
  if (given(decision.decidedBy)) parts.push(el('p', {}, 'by ', visible(decision.decidedBy.join(', '))));
  if (given(decision.decidedAt)) parts.push(el('p', { class: 'soft' }, moment(decision.decidedAt)));
  const meaning = FALLBACK[decision.fallback] ?? MEANING[request.status];
  if (meaning) parts.push(el('p', {}, meaning));
  if (given(decision.option)) parts.push(...chosen(request, decision.option));
  if (given(decision.answer) && !given(decision.option)) parts.push(el('h4', {}, 'Answer'), prose(decision.answer, 'Answer'));
  if (given(decision.reason)) parts.push(el('h4', {}, reasonTitle(request)), prose(decision.reason, 'Reason'));
  if (given(decision.changes)) {
    parts.push(el('h4', {}, 'Changed before approval'), changeList(request, decision.changes, request.parameters));
  }
  return section('Decided', { class: 'panel decided' }, ...parts);
}

function chosen(request, id) {
  const option = (request.options ?? []).find((candidate) => candidate.id === id);
  return [el('h4', {}, 'Chosen of what the agent offered'), prose(option?.label ?? id, 'Option')];
}

function reasonTitle(request) {
  if (request.status === 'withdrawn') return "The agent's reason — unverified";
  return request.status === 'revision_requested' ? 'What to do differently' : 'Reason';
}
