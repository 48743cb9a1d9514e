import { el, given, section } from './dom.js';
import { moment, shortMoment } from './clock.js';
import { visible } from './visible.js';
import { exactValue, prose } from './value.js';

const STATUS = {
  pending: 'Waiting for a decision',
  information_requested: 'Waiting for an answer of the agent',
  approved: 'Approved',
  approved_with_edits: 'Approved with edits',
  rejected: 'Rejected',
  revision_requested: 'Revision requested',
  answered: 'Answered',
  expired: 'Expired',
  withdrawn: 'Withdrawn by the agent',
  blocked: 'Blocked by policy',
  revoked: 'Revoked',
};

/** Every status a request can have. */
export const STATUSES = Object.keys(STATUS);

const FALLBACK = {
  deny: 'Nothing was carried out.',
  revert: 'What was carried out is to be rolled back.',
  pause_and_alert: 'Nothing was carried out; an alert was raised.',
};
const OPEN = ['pending', 'information_requested'];

/** The status of a request in words. */
export function statusText(status) {
  return STATUS[status] ?? String(status);
}

/** Whether people can still decide. */
export function isOpen(request) {
  return OPEN.includes(request.status);
}

/** What became of a request that is closed. */
export function outcomePanel(request) {
  if (isOpen(request)) return null;
  const decision = request.decision ?? {};
  const badge = el('p', { class: `outcome ${request.status}` }, visible(statusText(request.status)));
  const parts = [badge];
  if (given(decision.decidedBy)) parts.push(el('p', {}, 'by ', visible(decision.decidedBy.join(', '))));
  if (given(decision.decidedAt)) parts.push(el('p', { class: 'soft' }, moment(decision.decidedAt)));
  if (given(decision.fallback)) parts.push(el('p', {}, visible(FALLBACK[decision.fallback] ?? decision.fallback)));
  if (given(decision.reason)) parts.push(el('h4', {}, 'Reason'), prose(decision.reason, 'Reason'));
  if (given(decision.changes)) parts.push(changes(request, decision.changes));
  return section('Decided', { class: 'panel decided' }, ...parts);
}

function changes(request, list) {
  const rows = list.map((change) => {
    const name = String(change.path ?? '').replace(/^\//, '').replaceAll('~1', '/').replaceAll('~0', '~');
    const own = Object.hasOwn(request.parameters ?? {}, name);
    const field = (request.presentation?.fields ?? []).find((candidate) => candidate.name === name);
    const shown = (value) => exactValue(value, field?.unit, name);
    const before = own ? el('del', {}, shown(request.parameters[name])) : null;
    const after = change.op === 'remove' ? 'removed' : el('ins', {}, shown(change.value));
    return el('li', {}, el('span', { class: 'label' }, visible(field?.label ?? name)), before, after);
  });
  return el('div', { class: 'changes' }, el('h4', {}, 'Changed before approval'), el('ul', { class: 'plain' }, rows));
}

/** Who has said what on which stage. */
export function stagesPanel(request) {
  const stages = request.stages ?? [];
  if (!stages.some((stage) => given(stage.votes)) && stages.length < 2 && isOpen(request)) return null;
  if (stages.length === 0) return null;
  return section('Stages', { class: 'panel stages' }, el('ol', { class: 'plain' }, stages.map(stageItem)));
}

function stageItem(stage) {
  const title = el('p', {}, el('strong', {}, visible(stage.name ?? stage.id)), ' ', el('span', { class: 'badge' }, visible(words(stage.status))));
  const facts = [stage.role, stage.assignee].filter(given).join(' · ');
  return el('li', {}, title, el('p', { class: 'soft' }, visible(facts)), ...(stage.votes ?? []).map(voteItem));
}

function voteItem(vote) {
  const said = el('p', {}, visible(vote.by ?? 'somebody'), ': ', el('strong', {}, visible(words(vote.decision))));
  if (given(vote.at)) said.append(' ', shortMoment(vote.at));
  return el('div', { class: 'vote' }, said, given(vote.reason) ? prose(vote.reason, 'Reason') : null);
}

function words(name) {
  return String(name ?? 'unknown').replaceAll('_', ' ');
}
