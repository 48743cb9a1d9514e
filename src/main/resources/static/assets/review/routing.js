import { el, given, section } from './dom.js';
import { moment, span } from './clock.js';
import { offersObjection } from './outcome.js';
import { visible } from './visible.js';

const ONE_SECOND = 1000;

/** How long there is to decide: ticks while it is on the page. */
export function deadlinePanel(request, skew, stage) {
  const awaited = (stage ? [stage] : (request.stages ?? [])).filter((each) => each.status === 'information_requested');
  if (awaited.length > 0) return standingStill(awaited[0]);
  const deadline = stage?.deadline ?? request.deadline;
  if (!given(deadline)) return null;
  const left = el('p', { class: 'left', role: 'timer' });
  const end = Date.parse(deadline);
  const tick = () => {
    const rest = end - (Date.now() + skew);
    left.textContent = rest > 0 ? `${span(rest)} left` : 'The time is over';
    left.classList.toggle('over', rest <= 0);
  };
  tick();
  const ticking = setInterval(() => (left.isConnected ? tick() : clearInterval(ticking)), ONE_SECOND);
  const title = offersObjection(request) ? 'Time to object' : 'Deadline';
  return section(title, { class: 'panel deadline' }, left, el('p', { class: 'soft' }, moment(deadline)));
}

function standingStill(stage) {
  const until = given(stage.deadline) ? el('p', { class: 'soft' }, 'The agent has to answer until ', moment(stage.deadline)) : null;
  return section('Deadline', { class: 'panel deadline' }, el('p', { class: 'left' }, 'The clock stands still'), until);
}

/** The agent's confidence beside the gate that would have let it pass without a person. */
export function confidencePanel(request) {
  if (!given(request.confidence)) return null;
  const number = (value) => Number(value).toFixed(2);
  const words = [`Confidence ${number(request.confidence)}`];
  words.push(given(request.confidenceGate) ? `gate ${number(request.confidenceGate)}` : 'no gate: people always decide');
  if (given(request.escalateBelow)) words.push(`escalated below ${number(request.escalateBelow)}`);
  return section(
    'Confidence',
    { class: 'panel confidence' },
    el('p', { class: 'figure' }, number(request.confidence), el('span', { class: 'soft' }, ' claimed by the agent')),
    bar(request, words.join(', ')),
    el('p', { class: 'soft' }, words.slice(1).join(', ')),
  );
}

function bar(request, label) {
  const share = (value) => `${Math.min(1, Math.max(0, Number(value))) * 100}%`;
  const fill = el('span', { class: 'fill' });
  fill.style.width = share(request.confidence);
  const track = el('div', { class: 'bar', role: 'img', 'aria-label': label }, fill);
  for (const [name, value] of [['gate', request.confidenceGate], ['floor', request.escalateBelow]]) {
    if (!given(value)) continue;
    const line = el('span', { class: `line ${name}`, title: `${name === 'gate' ? 'gate' : 'escalated below'} ${value}` });
    line.style.left = share(value);
    track.append(line);
  }
  return track;
}

/** Why policy sent this to people, in the words of the rules. */
export function reasonsPanel(request) {
  if (!given(request.reasons)) return null;
  const items = request.reasons.map((reason) => el('li', { title: reason.rule ? `Rule ${reason.rule}` : null }, visible(reason.text ?? reason.rule)));
  return section('Why a person is asked', { class: 'panel reasons' }, el('ul', {}, items));
}
