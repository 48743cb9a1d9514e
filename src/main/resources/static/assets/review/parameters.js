import { el, section } from './dom.js';
import { ParameterField } from './field.js';
import { isOpen, offersObjection } from './outcome.js';
import { isMoney } from './value.js';
import { shownVersion } from './stages.js';

/** The exact parameters, drawn from what the digest covers; may be edited as fields. */
export class ParametersPanel {
  constructor(request, { mayEdit, onedit, onchange }) {
    this.parameters = shownVersion(request).parameters;
    this.fields = describe(request).map((field) => new ParameterField(field, valueOf(this.parameters, field.name), onchange));
    this.editing = false;
    this.button = el('button', { type: 'button', class: 'quiet', onclick: onedit }, 'Edit');
    this.button.hidden = !mayEdit || !this.fields.some((field) => field.editable);
    const list = el('dl', { class: 'fields' }, this.fields.map((field) => field.element));
    this.element = section(title(request), { class: 'parameters' }, list);
    const head = el('div', { class: 'parameters-head' });
    this.element.prepend(head);
    head.append(head.nextElementSibling, this.button);
  }

  /** Values nobody declared and so no rule has inspected. */
  get undeclared() {
    return this.fields.filter((field) => !field.declared);
  }

  setEditing(editing) {
    if (editing === this.editing) return;
    this.editing = editing;
    this.element.classList.toggle('editing', editing);
    this.button.textContent = editing ? 'Discard changes' : 'Edit';
    for (const field of this.fields) editing ? field.edit() : field.stopEditing();
  }

  setDisabled(disabled) {
    this.button.disabled = disabled;
    for (const field of this.fields) if (field.input) field.input.disabled = disabled;
  }

  /** The first field whose value cannot be sent, with the sentence that says why. */
  get problem() {
    for (const field of this.fields) {
      const { problem } = field.result();
      if (problem) return { message: `${field.label}: ${problem}.`, field };
    }
    return null;
  }

  get changed() {
    return this.fields.some((field) => field.result().changed);
  }

  /** Marks the fields that a refusal of the server names, such as `/amount expected …`. */
  showProblem(message) {
    for (const [, name, expected] of String(message ?? '').matchAll(/\/([^\s/;]+)\S* expected ([^;]+)/g)) {
      this.fields.find((field) => field.input && field.name === name)?.showProblem(`expected ${expected.replace(/\.$/, '')}`);
    }
  }

  /** The full parameters with the edits in place, as JSON. */
  json() {
    const result = JSON.parse(JSON.stringify(this.parameters));
    for (const field of this.fields) {
      const { changed, value } = field.result();
      // Defined, not assigned: a parameter may be called __proto__.
      if (changed) Object.defineProperty(result, field.name, { value, enumerable: true, writable: true, configurable: true });
    }
    return JSON.stringify(result);
  }

  reveal() {
    for (const field of this.fields) if (field.input) field.touch();
  }
}

function valueOf(parameters, name) {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}

function title(request) {
  if (offersObjection(request)) return 'What was approved';
  if (!isOpen(request)) return request.current ? 'What was decided on' : 'What was proposed';
  const offers = (request.decisions ?? []).map((offer) => offer.decision);
  return offers.includes('approve') || offers.length === 0 ? 'Exactly this will be done' : 'What it is about';
}

function describe(request) {
  const { parameters } = shownVersion(request);
  const known = (request.presentation?.fields ?? []).map((field) => ({ ...field, declared: field.declared !== false }));
  const names = new Set(known.map((field) => field.name));
  const rest = Object.keys(parameters).filter((name) => !names.has(name)).map((name) => ({ name, declared: false }));
  const all = [...known, ...rest];
  const money = (field) => (isMoney(valueOf(parameters, field.name), field.unit) ? 0 : 1);
  return all.sort((a, b) => money(a) - money(b));
}
