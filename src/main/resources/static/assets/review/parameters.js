import { el, section } from './dom.js';
import { ParameterField } from './field.js';
import { isOpen } from './outcome.js';
import { isMoney } from './value.js';

/** The exact parameters, drawn from what the digest covers; may be edited as fields. */
export class ParametersPanel {
  constructor(request, { mayEdit, onedit, onchange }) {
    this.parameters = request.parameters ?? {};
    this.fields = describe(request).map((field) => new ParameterField(field, valueOf(this.parameters, field.name), onchange));
    this.editing = false;
    this.button = el('button', { type: 'button', class: 'quiet', onclick: onedit }, 'Edit');
    this.button.hidden = !mayEdit || !this.fields.some((field) => field.editable);
    const list = el('dl', { class: 'fields' }, this.fields.map((field) => field.element));
    this.element = section(isOpen(request) ? 'Exactly this will be done' : 'What was proposed', { class: 'parameters' }, list);
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

function describe(request) {
  const parameters = request.parameters ?? {};
  const known = (request.presentation?.fields ?? []).map((field) => ({ ...field, declared: field.declared !== false }));
  const names = new Set(known.map((field) => field.name));
  const rest = Object.keys(parameters).filter((name) => !names.has(name)).map((name) => ({ name, declared: false }));
  const all = [...known, ...rest];
  const money = (field) => (isMoney(valueOf(parameters, field.name), field.unit) ? 0 : 1);
  return all.sort((a, b) => money(a) - money(b));
}
