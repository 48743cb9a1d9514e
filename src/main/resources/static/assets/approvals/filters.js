import { el, newId } from '../review/dom.js';
import { statusText, STATUSES } from '../review/outcome.js';

const PAUSE = 300;

/** The fields that narrow the list. */
export class Filters {
  constructor(onchange) {
    this.status = el('select', {}, el('option', { value: '' }, 'Any'), STATUSES.map((status) => el('option', { value: status }, statusText(status))));
    this.action = el('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: 'process_refund' });
    this.agent = el('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: 'billing-agent' });
    this.reviewer = el('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: 'rita' });
    this.id = el('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: 'apr_…' });
    this.action.value = asked('action');
    this.status.addEventListener('change', onchange);
    for (const input of [this.action, this.agent, this.reviewer, this.id]) input.addEventListener('input', afterPause(onchange));
    const fields = [named('Status', this.status), named('Action', this.action), named('Agent', this.agent), named('Reviewer', this.reviewer), named('Request id', this.id)];
    this.element = el('form', { class: 'filters', role: 'search', 'aria-label': 'Filter approvals', onsubmit: (event) => { event.preventDefault(); onchange(); } }, fields);
  }

  /** The filters in use; empty ones are left out. */
  get values() {
    const all = { status: this.status.value, action: this.action.value.trim(), agent: this.agent.value.trim(), reviewer: this.reviewer.value.trim(), id: this.id.value.trim() };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  }
}

/** What a link to this page asks for; in Cockpit the query stands behind the hash. */
function asked(name) {
  const query = location.hash.includes('?') ? location.hash.slice(location.hash.indexOf('?')) : '';
  return new URLSearchParams(query).get(name) ?? '';
}

function named(label, input) {
  input.id = newId('filter');
  return el('div', { class: 'filter' }, el('label', { for: input.id }, label), input);
}

function afterPause(run) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, PAUSE);
  };
}
