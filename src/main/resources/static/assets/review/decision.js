import { el, newId, section } from './dom.js';
import { fieldFor, reasonField } from './say.js';
import { isInspected, optionEffect, optionLabel } from './options.js';
import { isKnown, mainOf, moreOf, wordsFor } from './choices.js';
import { visible } from './visible.js';

const CARRIES_OUT = ['approve', 'edit'];
const OF_THE_SERVER = /^([a-zA-Z]+)(?:\/\S*)?: ([\s\S]+)$/;

/** The choice a person makes, and what they have to say with it. */
export class DecisionPanel {
  constructor(request, offers, { stage, blocked, onchange, onsend }) {
    Object.assign(this, { request, stage, blocked, onchange });
    this.offered = offers.filter((offer) => isKnown(offer.decision));
    this.choice = null;
    this.option = null;
    this.group = newId('decision');
    this.radios = [];
    this.fields = new Map(this.offered.map(({ decision }) => [decision, fieldFor(decision)]).filter(([, field]) => field));
    this.reasonField = reasonField(request.presentation?.reasons);
    this.reason = this.reasonField.input;
    this.note = el('p', { class: 'soft', role: 'status' });
    this.problem = el('p', { class: 'problem', role: 'alert' });
    this.say = this.makeSay();
    this.main = el('div', {}, this.makeOptions(), el('div', { class: 'choices' }, mainOf(this.offered).map((offer) => this.makeChoice(offer, this.group))), this.say);
    this.more = this.makeMore();
    this.fieldset = el('fieldset', {}, el('legend', { class: 'hidden-label' }, 'Your decision'), this.main, this.more);
    this.send = onsend ? el('button', { type: 'button', class: 'primary send', onclick: onsend }, 'Decide') : null;
    this.element = section('Your decision', { class: 'decision' }, this.note, blockedNote(blocked), signInNote(request), this.fieldset, this.problem, this.send);
    this.refresh();
  }

  makeSay() {
    const all = [...this.fields.values(), this.reasonField];
    for (const field of all) {
      field.input.addEventListener('input', () => {
        field.showProblem(null);
        field.countCharacters();
        this.onchange();
      });
    }
    return el('div', { class: 'say' }, all.map((field) => field.element));
  }

  makeChoice(offer, group) {
    const { label, effect } = wordsFor(this.request, offer.decision, this.stage);
    const id = newId('choice');
    const radio = this.makeRadio(group, offer.decision, id, this.blocked && CARRIES_OUT.includes(offer.decision));
    const text = el('label', { for: id }, label, el('span', { class: 'soft', id: `${id}-effect` }, effect));
    return el('div', { class: `choice ${offer.decision}` }, radio, text);
  }

  makeRadio(group, decision, id, disabled, option = null) {
    const radio = el('input', { type: 'radio', name: group, id, value: decision, 'aria-describedby': `${id}-effect`, 'data-option': option });
    radio.disabled = disabled;
    radio.addEventListener('change', () => this.choose(decision, option));
    this.radios.push(radio);
    return radio;
  }

  makeOptions() {
    const offered = this.offered.some((offer) => offer.decision === 'choose') ? (this.request.options ?? []) : [];
    if (offered.length === 0) return null;
    const note = el('p', { class: 'soft' }, "The names are the agent's own words; what would be carried out stands below each.");
    const cards = offered.map((option) => {
      const id = newId('option');
      const radio = this.makeRadio(this.group, 'choose', id, Boolean(option.parameters) && !isInspected(this.request, option), option.id);
      return el('div', { class: 'choice option' }, radio, el('div', {}, el('label', { for: id }, optionLabel(option)), el('div', { id: `${id}-effect` }, optionEffect(this.request, option))));
    });
    return el('div', { class: 'options' }, el('h4', {}, "Choose one of the agent's options"), note, cards);
  }

  makeMore() {
    const offers = moreOf(this.offered);
    if (offers.length === 0) return null;
    const details = el('details', { class: 'more' }, el('summary', {}, 'More'), el('div', { class: 'choices' }, offers.map((offer) => this.makeChoice(offer, `${this.group}-more`))));
    // What is folded away must not be what is sent.
    details.addEventListener('toggle', () => {
      if (!details.open && this.chosen && details.contains(this.chosen)) this.clear();
    });
    return details;
  }

  get chosen() {
    return this.radios.find((radio) => radio.checked) ?? null;
  }

  choose(decision, option = null) {
    this.choice = decision;
    this.option = option;
    const radio = this.radios.find((candidate) => candidate.value === decision && candidate.getAttribute('data-option') === option);
    for (const each of this.radios) each.checked = each === radio;
    if (this.more?.contains(radio)) radio.closest('.choice').after(this.say);
    else this.main.append(this.say);
    this.refresh();
    this.onchange();
  }

  clear() {
    this.choice = this.option = null;
    for (const radio of this.radios) radio.checked = false;
    this.main.append(this.say);
    this.refresh();
    this.onchange();
  }

  get reasonDue() {
    return this.offered.some((offer) => offer.decision === this.choice && offer.reasonRequired);
  }

  /** The fields that belong to what was chosen. A question needs no reason beside it. */
  get saying() {
    const own = this.fields.get(this.choice);
    const reason = this.choice === 'ask' && !this.reasonDue ? null : this.reasonField;
    return [own, reason].filter(Boolean);
  }

  /** What is said with the decision, by the names of the fields on the wire. */
  get said() {
    const said = Object.fromEntries(this.saying.map((field) => [field.name, field.value]));
    return this.choice === 'choose' ? { ...said, option: this.option } : said;
  }

  /** The first field that cannot be sent as it is, or null. */
  get faulty() {
    return this.saying.find((field) => field.fault) ?? null;
  }

  refresh() {
    this.reasonField.require(this.reasonDue);
    const saying = this.saying;
    for (const field of [...this.fields.values(), this.reasonField]) field.element.hidden = !saying.includes(field);
    if (this.send) this.send.textContent = this.choice ? wordsFor(this.request, this.choice, this.stage).label : 'Decide';
  }

  setDisabled(disabled, why) {
    this.fieldset.disabled = disabled;
    if (this.send) this.send.disabled = disabled;
    this.note.textContent = disabled ? why : '';
    this.element.classList.toggle('disabled', disabled);
  }

  /** Shows a sentence at the field that it names, else beside the decision. */
  showProblem(message, name = null) {
    const [, named, rest] = OF_THE_SERVER.exec(message ?? '') ?? [];
    const field = this.saying.find((candidate) => candidate.name === (name ?? named));
    for (const each of this.saying) each.showProblem(each === field ? sentence(rest ?? message) : null);
    this.problem.replaceChildren(visible(field ? '' : (message ?? '')));
    field?.input.focus();
  }

  focusChoice() {
    this.radios.find((radio) => !radio.disabled)?.focus();
  }
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Said before, not after: signing in again loses what was typed here. */
function signInNote({ id, signInWithinMinutes: minutes }) {
  if (!minutes) return null;
  const link = el('a', { href: `/review/${encodeURIComponent(id)}/sign-in`, target: '_top' }, 'Sign in again');
  return el('p', { class: 'soft sign-in' }, `Letting this through takes a sign-in of the last ${minutes} minutes. Rejecting does not. `, link);
}

function blockedNote(blocked) {
  if (!blocked) return null;
  return el('p', { class: 'notice' }, 'Something here was not inspected, so it cannot be approved. You can reject it with a reason; the agent may then propose it anew.');
}
