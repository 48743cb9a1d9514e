import { el, newId } from '../review/dom.js';

const PAUSE = 400;

/** Which days and which action the numbers are about. */
export class PeriodForm {
  constructor(onchange) {
    this.from = el('input', { type: 'date' });
    this.to = el('input', { type: 'date' });
    this.by = el('select', {}, el('option', { value: 'day' }, 'Days'), el('option', { value: 'week' }, 'Weeks'));
    this.action = el('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: 'process_refund' });
    this.action.value = new URLSearchParams(query()).get('action') ?? '';
    for (const input of [this.from, this.to, this.by]) input.addEventListener('change', onchange);
    this.action.addEventListener('input', afterPause(onchange));
    const fields = [named('From', this.from), named('To', this.to), named('By', this.by), named('Action', this.action)];
    this.element = el('form', { class: 'filters', role: 'search', 'aria-label': 'Choose the days', onsubmit: (event) => { event.preventDefault(); onchange(); } }, fields);
  }

  /** What was chosen; what was not is the server's choice. */
  get values() {
    const all = { from: this.from.value, to: this.to.value, by: this.by.value, action: this.action.value.trim() };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  }

  /** Shows which days the server chose. */
  fill({ from, to }) {
    this.from.value ||= from;
    this.to.value ||= to;
  }
}

/** In Cockpit the address carries its query behind the hash. */
function query() {
  return location.hash.includes('?') ? location.hash.slice(location.hash.indexOf('?')) : location.search;
}

function named(label, input) {
  input.id = newId('period');
  return el('div', { class: 'filter' }, el('label', { for: input.id }, label), input);
}

function afterPause(run) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, PAUSE);
  };
}
