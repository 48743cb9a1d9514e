import { el, given, section } from './dom.js';
import { changeList } from './changes.js';
import { shortMoment } from './clock.js';
import { statusText } from './outcome.js';
import { prose } from './value.js';
import { visible } from './visible.js';

const REQUEST_ID = /^apr_[0-9a-f-]{36}$/;

/** What a reviewer has changed in the agent's proposal, and who that was. */
export function editedPanel(request) {
  if (!request.current || given(request.decision?.changes)) return null;
  const editors = (request.stages ?? [])
    .flatMap((stage) => (stage.votes ?? []).map((vote) => ({ ...vote, stage: stage.name })))
    .filter((vote) => vote.actionDigest === request.current.actionDigest && ['edit', 'choose'].includes(vote.decision));
  const body = given(request.current.changes) ? changeList(request, request.current.changes, request.parameters) : el('p', {}, 'It is what the agent proposed.');
  return section("Changed from the agent's proposal", { class: 'panel edited' }, body, ...editors.map(editorLine));
}

function editorLine(vote) {
  const line = el('p', { class: 'soft' }, 'by ', visible(vote.by ?? 'somebody'), ' on the stage ', visible(vote.stage));
  if (given(vote.at)) line.append(', ', shortMoment(vote.at));
  return el('div', { class: 'vote' }, line, given(vote.reason) ? prose(vote.reason, 'Reason') : null);
}

/** The request that this one takes up again: what people said then, and what is different now. */
export function earlierPanel(request) {
  const earlier = request.revises;
  if (!earlier) return null;
  const by = given(earlier.decidedBy) ? [' by ', visible(earlier.decidedBy.join(', '))] : [];
  const line = el('p', {}, el('strong', {}, visible(statusText(earlier.status))), ...by, ' ', link(earlier.id));
  const agents = earlier.status === 'withdrawn' ? "The agent's reason — unverified" : null;
  return section(
    'Proposed before',
    { class: 'panel earlier' },
    line,
    given(earlier.reason) ? el('div', { class: 'vote' }, agents ? el('h4', {}, agents) : null, prose(earlier.reason, 'Reason')) : null,
    el('h4', {}, 'What is different now'),
    given(earlier.changes) ? changeList(request, earlier.changes, earlier.parameters) : el('p', {}, 'Nothing: the values are the same.'),
  );
}

function link(id) {
  if (!REQUEST_ID.test(id ?? '')) return el('code', {}, visible(id ?? ''));
  return el('a', { href: `/review/${id}`, target: '_blank', rel: 'noopener' }, 'Open it');
}

/** What reviewers asked the agent, and what it answered: the answers are its own words. */
export function questionsPanel(request) {
  if (!given(request.questions)) return null;
  return section('Questions to the agent', { class: 'panel questions' }, el('ol', { class: 'plain' }, request.questions.map(questionItem)));
}

function questionItem(question) {
  const line = el('p', { class: 'soft' }, visible(question.by ?? 'somebody'), ' asked');
  if (given(question.askedAt)) line.append(', ', shortMoment(question.askedAt));
  return el('li', {}, line, prose(question.question, 'Question'), answer(question));
}

function answer(question) {
  if (given(question.answer)) {
    return el('div', { class: 'agents-answer' }, el('h4', {}, "The agent's answer — unverified"), prose(question.answer, 'Answer'));
  }
  if (question.status === 'unanswered') return el('p', { class: 'soft' }, 'The agent gave no answer in time.');
  return el('p', { class: 'soft' }, 'No answer yet. The agent has until ', shortMoment(question.due ?? ''));
}
