import { el, newId } from './dom.js';
import { visible } from './visible.js';

const LONGEST = 4000;
const NEAR = 500;
const LONGEST_NAME = 255;

/** The roles that can be asked to decide. */
const DECIDING_ROLES = ['reviewer', 'senior-reviewer', 'finance-approver', 'legal-approver', 'policy-owner'];

/** One thing that a person says with a decision, its label and what is wrong with it. */
class SaidField {
  constructor(name, label, input, { hint, due = '(required)' }) {
    const id = newId(name);
    Object.assign(this, { name, label, input, required: true });
    input.id = id;
    input.setAttribute('aria-describedby', `${id}-hint ${id}-problem`);
    this.due = el('span', { class: 'soft' }, due);
    this.count = el('span', {});
    this.problem = el('p', { class: 'problem', id: `${id}-problem`, role: 'alert' });
    const note = el('p', { class: 'soft', id: `${id}-hint` }, hint ?? null, this.count);
    this.element = el('div', { class: `said-field ${name}`, 'data-field': name }, el('label', { for: id }, `${label} `, this.due), input, note, this.problem);
  }

  get value() {
    return this.input.value.trim();
  }

  /** The sentence that says why it cannot be sent, or null. */
  get fault() {
    if (this.required && this.value === '') return this.missing;
    const { length } = this.value;
    return length > this.longest ? `At most ${this.longest.toLocaleString('en')} characters; these are ${length.toLocaleString('en')}.` : null;
  }

  require(required) {
    this.required = required;
    this.due.textContent = required ? '(required)' : '(optional)';
    this.input.setAttribute('aria-required', String(required));
  }

  countCharacters() {
    const { length } = this.value;
    this.count.textContent = length > this.longest - NEAR ? ` ${length.toLocaleString('en')} of ${this.longest.toLocaleString('en')} characters` : '';
  }

  showProblem(message) {
    this.problem.replaceChildren(visible(message ?? ''));
    this.input.setAttribute('aria-invalid', String(Boolean(message)));
  }
}

function textField(name, label, missing, more = {}) {
  const field = new SaidField(name, label, el('textarea', { rows: 3 }), more);
  return Object.assign(field, { missing, longest: LONGEST });
}

function lineField(name, label, missing, more) {
  const input = el('input', { type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' });
  return Object.assign(new SaidField(name, label, input, more), { missing, longest: LONGEST_NAME });
}

function roleField() {
  const choices = DECIDING_ROLES.map((role) => el('option', { value: role }, role));
  const input = el('select', {}, el('option', { value: '' }, 'Choose a role'), choices);
  return Object.assign(new SaidField('role', 'Role', input, {}), { missing: 'Choose a role.', longest: LONGEST_NAME });
}

/** The field that a decision needs beside a reason; null if it needs none. */
export function fieldFor(decision) {
  switch (decision) {
    case 'answer':
      return textField('answer', 'Your answer', 'Write the answer.', { hint: 'The agent gets exactly this text.' });
    case 'ask':
      return textField('question', 'Your question', 'Write the question.', { hint: 'The agent reads it, and its answer comes back to you.' });
    case 'redirect':
      return roleField();
    case 'hand_on':
      return lineField('to', 'Username', 'Name the person.', { hint: 'As they sign in, such as raj.' });
    default:
      return null;
  }
}

/** Why somebody decides like this; `usual` are lines of the manifest that one press takes over. */
export function reasonField(usual = []) {
  const field = textField('reason', 'Reason', 'Give a reason for this decision.');
  if (usual.length > 0) field.element.append(el('div', { class: 'usual', role: 'group', 'aria-label': 'Reasons often given' }, usual.map((line) => takeOver(field, line))));
  return field;
}

function takeOver(field, line) {
  const press = () => {
    field.input.value = field.value === '' ? line : `${field.value}\n${line}`;
    field.input.dispatchEvent(new Event('input', { bubbles: true }));
    field.input.focus();
  };
  return el('button', { type: 'button', class: 'quiet', onclick: press }, visible(line));
}
