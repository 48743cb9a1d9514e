import { el, newId, section } from './dom.js';
import { visible } from './visible.js';

const CHOICES = {
  approve: ['Approve', 'It is carried out exactly as shown.'],
  edit: ['Edit and approve', 'It is carried out with your changes.'],
  reject: ['Reject', 'It is not carried out.'],
};
const LONGEST_REASON = 4000;

/** The choice a person makes, and the reason for it. */
export class DecisionPanel {
  constructor(decisions, { blocked, onchange }) {
    this.offered = decisions.filter((offer) => Object.hasOwn(CHOICES, offer.decision));
    this.choice = null;
    this.onchange = onchange;
    this.radios = new Map();
    const group = newId('decision');
    const choices = this.offered.map((offer) => this.makeChoice(group, offer, blocked));
    this.fieldset = el('fieldset', { class: 'choices' }, el('legend', { class: 'hidden-label' }, 'Your decision'), choices);
    this.note = el('p', { class: 'soft', role: 'status' });
    this.problem = el('p', { class: 'problem', role: 'alert' });
    this.element = section('Your decision', { class: 'decision' }, this.note, blockedNote(blocked), this.fieldset, this.makeReason(), this.problem);
    this.refresh();
  }

  makeChoice(group, offer, blocked) {
    const id = newId('choice');
    const [label, effect] = CHOICES[offer.decision];
    const radio = el('input', { type: 'radio', name: group, id, value: offer.decision, 'aria-describedby': `${id}-effect` });
    radio.disabled = blocked && offer.decision !== 'reject';
    radio.addEventListener('change', () => this.choose(offer.decision));
    this.radios.set(offer.decision, radio);
    return el('div', { class: `choice ${offer.decision}` }, radio, el('label', { for: id }, label, el('span', { class: 'soft', id: `${id}-effect` }, effect)));
  }

  makeReason() {
    const id = newId('reason');
    this.reason = el('textarea', { id, rows: 3, maxlength: LONGEST_REASON });
    this.reason.addEventListener('input', () => this.onchange());
    this.due = el('span', { class: 'soft' });
    return el('div', { class: 'reason' }, el('label', { for: id }, 'Reason ', this.due), this.reason);
  }

  choose(decision) {
    this.choice = decision;
    this.radios.get(decision).checked = true;
    this.refresh();
    this.onchange();
  }

  clear() {
    this.choice = null;
    for (const radio of this.radios.values()) radio.checked = false;
    this.refresh();
    this.onchange();
  }

  get reasonDue() {
    return this.offered.some((offer) => offer.decision === this.choice && offer.reasonRequired);
  }

  refresh() {
    this.due.textContent = this.reasonDue ? '(required)' : '(optional)';
    this.reason.setAttribute('aria-required', String(this.reasonDue));
  }

  setDisabled(disabled, why) {
    this.fieldset.disabled = disabled;
    this.reason.disabled = disabled;
    this.note.textContent = disabled ? why : '';
    this.element.classList.toggle('disabled', disabled);
  }

  showProblem(message) {
    this.problem.replaceChildren(visible(message ?? ''));
  }

  focusChoice() {
    [...this.radios.values()].find((radio) => !radio.disabled)?.focus();
  }
}

function blockedNote(blocked) {
  if (!blocked) return null;
  return el('p', { class: 'notice' }, 'Something here was not inspected, so it cannot be approved. You can reject it with a reason; the agent may then propose it anew.');
}
