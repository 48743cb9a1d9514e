import { isOpen } from './outcome.js';
import { othersAreAsked } from './stages.js';

const CHOICES = {
  approve: ['Approve', 'It is carried out exactly as shown.'],
  edit: ['Edit and approve', 'It is carried out with your changes.'],
  choose: ['Choose', ''],
  answer: ['Answer', 'The agent gets your answer; nothing is carried out.'],
  reject: ['Reject', 'It is not carried out.'],
  revise: ['Send back', 'It is not carried out; the agent may propose it again, changed.'],
  ask: ['Ask the agent', 'The clock stands still until it answers you.'],
  redirect: ['Ask another role', 'People of that role decide instead of yours.'],
  hand_on: ['Hand on to a person', 'They decide instead of you.'],
  return: ['Give it back', 'Everybody who may decide can take it again.'],
};
const TOGETHER = {
  approve: ['Approve', 'It is carried out exactly as shown once all who are asked agree.'],
  edit: ['Edit and approve', 'All others who are asked decide on your version.'],
};
// Policy approved it, and it runs already: the only thing to say is no.
const OBJECTION = ['Object', 'The approval is called back; what was carried out is to be rolled back.'];
const MAIN = ['approve', 'edit', 'answer', 'reject', 'revise'];
const MORE = ['ask', 'redirect', 'hand_on', 'return'];

/** The decisions offered that are shown at once, in their order. */
export function mainOf(offers) {
  return MAIN.map((decision) => offers.find((offer) => offer.decision === decision)).filter(Boolean);
}

/** The ones that leave it to somebody else, or to later. */
export function moreOf(offers) {
  return MORE.map((decision) => offers.find((offer) => offer.decision === decision)).filter(Boolean);
}

/** Whether this is a decision that can be drawn here. */
export function isKnown(decision) {
  return Object.hasOwn(CHOICES, decision);
}

/** What a decision is called and what follows from it. */
export function wordsFor(request, decision, stage) {
  if (!isOpen(request)) return { label: OBJECTION[0], effect: OBJECTION[1] };
  const together = othersAreAsked(request, stage) && Object.hasOwn(TOGETHER, decision);
  const [label, effect] = together ? TOGETHER[decision] : CHOICES[decision];
  return { label, effect };
}
