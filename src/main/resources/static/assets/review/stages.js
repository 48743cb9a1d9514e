import { el, given, section } from './dom.js';
import { shortMoment } from './clock.js';
import { prose } from './value.js';
import { visible } from './visible.js';

const STATUS = {
  waiting: 'Not asked yet',
  open: 'Open',
  information_requested: 'Waits for the agent',
  decided: 'Decided',
  skipped: 'Not needed',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
};
const SAID = {
  approve: 'approved',
  edit: 'edited and approved',
  reject: 'rejected',
  revise: 'sent it back',
  choose: 'chose',
  answer: 'answered',
  pass: 'has nothing against it',
  warn: 'warns',
  veto: 'stops it',
  redirect: 'asked another role',
  hand_on: 'handed it on',
  return: 'gave it back',
};
const AGREES = ['approve', 'edit', 'choose'];

/** The stage of that name, or null. */
export function findStage(request, name) {
  return (request.stages ?? []).find((stage) => stage.name === name) ?? null;
}

/** Whether others have to agree as well before anything is carried out. */
export function othersAreAsked(request, name) {
  const mine = findStage(request, name);
  if (mine?.quorum > 1) return true;
  return (request.stages ?? []).some((stage) => stage !== mine && ['waiting', 'open', 'information_requested'].includes(stage.status));
}

/** What everybody decides on now, and on what they would decide if nobody had edited it. */
export function shownVersion(request) {
  return { actionDigest: request.actionDigest, parameters: request.parameters ?? {}, ...request.current };
}

/** Who is asked, how far each has come, and who has said what. */
export function stagesPanel(request, mine) {
  const stages = request.stages ?? [];
  const dull = stages.length < 2 && !stages.some((stage) => given(stage.votes) || given(stage.handovers) || stage.quorum > 1);
  if (stages.length === 0 || dull) return null;
  const digest = shownVersion(request).actionDigest;
  return section('Who is asked', { class: 'panel stages' }, el('ol', { class: 'plain' }, stages.map((stage) => stageItem(stage, stage.name === mine, digest))));
}

function stageItem(stage, isMine, digest) {
  const status = Object.hasOwn(STATUS, stage.status) ? STATUS[stage.status] : stage.status;
  const title = el('p', {}, el('strong', {}, visible(stage.name ?? stage.id)), ' ', el('span', { class: `badge stage-${stage.status}` }, visible(status)));
  if (isMine) title.append(' ', el('span', { class: 'badge mine' }, 'Yours'));
  const facts = [asked(stage), quorum(stage), holder(stage)].filter(given);
  return el(
    'li',
    { class: 'stage' },
    title,
    ...facts.map((fact) => el('p', { class: 'soft' }, visible(fact))),
    stage.status === 'information_requested' && given(stage.deadline) ? el('p', { class: 'soft' }, 'The agent has until ', shortMoment(stage.deadline)) : null,
    ...(stage.handovers ?? []).map(handoverItem),
    ...(stage.votes ?? []).map((vote) => voteItem(vote, digest)),
  );
}

function asked(stage) {
  if (given(stage.reviewer)) return `${stage.reviewer} (registered reviewer)`;
  const roles = [...(stage.roles ?? [stage.role]), ...(stage.escalatedTo ?? [])].filter(given);
  return roles.length > 0 ? roles.join(' or ') : null;
}

function quorum(stage) {
  return stage.quorum > 1 ? `one of ${stage.quorum} different people who have to agree` : null;
}

function holder(stage) {
  return given(stage.assignee) && ['open', 'information_requested'].includes(stage.status) ? `taken by ${stage.assignee}` : null;
}

function said(by, decision, ...more) {
  const word = Object.hasOwn(SAID, decision) ? SAID[decision] : String(decision ?? 'said something').replaceAll('_', ' ');
  return el('p', {}, visible(by ?? 'somebody'), ' ', el('strong', {}, visible(word)), ...more);
}

function voteItem(vote, digest) {
  const earlier = AGREES.includes(vote.decision) && given(vote.actionDigest) && vote.actionDigest !== digest;
  return entry(vote, said(vote.by, vote.decision), earlier ? el('p', { class: 'soft' }, 'An earlier version: it has been edited since.') : null);
}

function handoverItem(handover) {
  const to = handover.role ?? handover.to;
  return entry(handover, said(handover.by, handover.decision, ...(given(to) ? [': ', visible(to)] : [])));
}

function entry(fact, line, ...more) {
  if (given(fact.at)) line.append(' ', shortMoment(fact.at));
  return el('div', { class: 'vote' }, line, ...more, given(fact.answer) ? prose(fact.answer, 'Answer') : null, given(fact.reason) ? prose(fact.reason, 'Reason') : null);
}

/** Why nothing can be said here, in words for whoever may read it. */
export function whyNotYours(request) {
  const stages = request.stages ?? [];
  const taken = stages.filter((stage) => stage.status === 'open' && given(stage.assignee));
  const lines = taken.map((stage) => el('p', {}, visible(`${stage.assignee} has taken ${stage.name}.`)));
  if (stages.some((stage) => stage.status === 'information_requested')) lines.push(el('p', {}, 'The agent was asked and owes an answer.'));
  return section('Nothing here waits for you', { class: 'decision' }, ...lines);
}
